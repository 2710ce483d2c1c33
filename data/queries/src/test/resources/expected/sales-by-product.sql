WITH month AS (SELECT * FROM {s}.valid_purchase WHERE month = '2015-12-01')
SELECT affiliate, 'division' AS level, division_cd, NULL AS main_category_cd, NULL AS main_category_desc,
       NULL AS sub_category_cd, NULL AS sub_category_desc,
       sum(amount) AS total_purchase_amount, count(*) AS count_of_purchase
FROM month GROUP BY affiliate, division_cd
UNION ALL
SELECT affiliate, 'main category', division_cd, main_category_cd, max(main_category_desc), NULL, NULL, sum(amount), count(*)
FROM month GROUP BY affiliate, division_cd, main_category_cd
UNION ALL
SELECT affiliate, 'sub category', division_cd, main_category_cd, max(main_category_desc), sub_category_cd,
       max(sub_category_desc), sum(amount), count(*)
FROM month GROUP BY affiliate, division_cd, main_category_cd, sub_category_cd
ORDER BY affiliate, division_cd, main_category_cd NULLS FIRST, sub_category_cd NULLS FIRST
