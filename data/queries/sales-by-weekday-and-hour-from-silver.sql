-- Sales amount and number of purchases of each affiliate by day of the week and hour, from the purchases themselves.
-- The same figures as sales-by-weekday-and-hour. The form to start from when the mart lacks a column that you need.
-- Grain: affiliate, day of the week (1 is Monday, 7 Sunday) and hour (0 to 23. Null where the source has none).
-- Units: total_purchase_amount in KRW, returns subtracted, count_of_purchase in purchase lines.
-- Cost: three columns of silver.purchases in the window.
-- Months: change both dates. The second is the first day after the window.
SELECT
    affiliate,
    day_of_week(purchase_date) AS day_of_week,
    purchase_hour,
    sum(amount) AS total_purchase_amount,
    count(*) AS count_of_purchase
FROM silver.purchases
WHERE purchase_date >= DATE '2015-01-01'
  AND purchase_date < DATE '2016-01-01'
GROUP BY affiliate, day_of_week(purchase_date), purchase_hour
ORDER BY affiliate, day_of_week, purchase_hour NULLS LAST
