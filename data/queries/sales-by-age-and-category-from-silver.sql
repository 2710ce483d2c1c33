-- Sales amount and number of purchases of each affiliate by age group and product category, from the purchases themselves.
-- The same figures as sales-by-age-and-category. The form to start from when the mart lacks a column that you need.
-- Grain: affiliate, age group (null for unknown customers) and main category.
-- Units: total_purchase_amount in KRW, returns subtracted, count_of_purchase in purchase lines.
-- Cost: six columns of silver.purchases in the window.
-- Months: change both dates. The second is the first day after the window.
SELECT
    affiliate,
    age_group,
    division_cd,
    main_category_cd,
    max(main_category_desc) AS main_category_desc,
    sum(amount) AS total_purchase_amount,
    count(*) AS count_of_purchase
FROM silver.purchases
WHERE purchase_date >= DATE '2015-12-01'
  AND purchase_date < DATE '2016-01-01'
GROUP BY affiliate, age_group, division_cd, main_category_cd
ORDER BY affiliate, age_group NULLS LAST, division_cd, main_category_cd
