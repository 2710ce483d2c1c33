SELECT affiliate, age_group, division_cd, main_category_cd, max(main_category_desc) AS main_category_desc,
       sum(amount) AS total_purchase_amount, count(*) AS count_of_purchase
FROM {s}.valid_purchase
WHERE month = '2015-12-01'
GROUP BY 1, 2, 3, 4 ORDER BY 1, 2 NULLS LAST, 3, 4
