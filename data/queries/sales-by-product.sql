-- Sales amount and number of purchases of each affiliate by product: divisions, their main and their sub categories.
-- Grain: affiliate and product category of the level named in the column level. Each level adds up to all sales, so pick one.
-- Units: total_purchase_amount in KRW, returns subtracted, count_of_purchase in purchase lines. A name is null where the
-- product is unknown.
-- Cost: all columns of the mart's partitions in the window, one file a month.
-- Months: change both dates. The second is the first day after the window.
SELECT
    affiliate,
    CASE
        WHEN grouping(main_category_cd) = 1 THEN 'division'
        WHEN grouping(sub_category_cd) = 1 THEN 'main category'
        ELSE 'sub category'
    END AS level,
    division_cd,
    main_category_cd,
    CASE WHEN grouping(main_category_cd) = 0 THEN max(main_category_desc) END AS main_category_desc,
    sub_category_cd,
    CASE WHEN grouping(sub_category_cd) = 0 THEN max(sub_category_desc) END AS sub_category_desc,
    sum(total_purchase_amount) AS total_purchase_amount,
    sum(count_of_purchase) AS count_of_purchase
FROM gold.sales_by_product
WHERE month >= DATE '2015-12-01'
  AND month < DATE '2016-01-01'
GROUP BY GROUPING SETS (
    (affiliate, division_cd),
    (affiliate, division_cd, main_category_cd),
    (affiliate, division_cd, main_category_cd, sub_category_cd))
ORDER BY affiliate, division_cd, main_category_cd NULLS FIRST, sub_category_cd NULLS FIRST
