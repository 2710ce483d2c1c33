-- Sales amount and number of purchases of each affiliate by the buyers' age group and product category.
-- Grain: affiliate, age group (null for unknown customers) and main category. For sub categories add sub_category_cd and
-- sub_category_desc to SELECT and GROUP BY.
-- Units: total_purchase_amount in KRW, returns subtracted, count_of_purchase in purchase lines.
-- Cost: seven columns of the mart's partitions in the window, one file a month.
-- Months: change both dates. The second is the first day after the window.
SELECT
    affiliate,
    age_group,
    division_cd,
    main_category_cd,
    max(main_category_desc) AS main_category_desc,
    sum(total_purchase_amount) AS total_purchase_amount,
    sum(count_of_purchase) AS count_of_purchase
FROM gold.sales_by_age_product
WHERE month >= DATE '2015-12-01'
  AND month < DATE '2016-01-01'
GROUP BY affiliate, age_group, division_cd, main_category_cd
ORDER BY affiliate, age_group NULLS LAST, division_cd, main_category_cd
