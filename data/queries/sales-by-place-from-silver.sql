-- Sales amount and number of purchases of each affiliate by the buyers' residence, from the purchases themselves.
-- The same figures as sales-by-place. The form to start from when the mart lacks a column that you need.
-- Grain: affiliate and place of the level named in the column level: province/city, or city/county within it. Each level adds
-- up to all sales, so pick one. Null is an unknown residence. Several places of one postal area are joined by ·.
-- Units: total_purchase_amount in KRW, returns subtracted, count_of_purchase in purchase lines.
-- Cost: four columns of silver.purchases in the window.
-- Months: change both dates. The second is the first day after the window.
SELECT
    affiliate,
    CASE WHEN grouping(city_county) = 1 THEN 'province/city' ELSE 'city/county' END AS level,
    province_city,
    city_county,
    sum(amount) AS total_purchase_amount,
    count(*) AS count_of_purchase
FROM silver.purchases
WHERE purchase_date >= DATE '2015-12-01'
  AND purchase_date < DATE '2016-01-01'
GROUP BY GROUPING SETS (
    (affiliate, province_city),
    (affiliate, province_city, city_county))
ORDER BY affiliate, province_city NULLS LAST, level DESC, city_county NULLS LAST
