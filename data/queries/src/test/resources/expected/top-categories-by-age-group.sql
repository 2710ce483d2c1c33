WITH categories AS (
    SELECT age_group, affiliate, division_cd, main_category_cd, max(main_category_desc) AS main_category_desc,
           sum(amount) AS amount, count(*) AS purchases
    FROM {s}.valid_purchase
    WHERE extract(year FROM month) = 2015 AND age_group IS NOT NULL
    GROUP BY 1, 2, 3, 4)
SELECT a.age_group, t.rank AS rank_in_age_group, t.affiliate, t.division_cd, t.main_category_cd, t.main_category_desc,
       t.amount AS total_purchase_amount, t.purchases AS count_of_purchase,
       round(100 * t.amount / a.amount, 2) AS percent_of_age_group
FROM (SELECT age_group, sum(amount) AS amount FROM categories GROUP BY 1) a
CROSS JOIN LATERAL (
    SELECT c.*, row_number() OVER (ORDER BY amount DESC, affiliate, division_cd, main_category_cd) AS rank
    FROM categories c
    WHERE c.age_group = a.age_group
    ORDER BY amount DESC, affiliate, division_cd, main_category_cd LIMIT 5) t
ORDER BY 1, 2
