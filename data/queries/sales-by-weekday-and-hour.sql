-- Sales amount and number of purchases of each affiliate by day of the week and hour of the day.
-- Grain: affiliate, day of the week (1 is Monday, 7 Sunday) and hour (0 to 23. Null where the source has none).
-- Units: total_purchase_amount in KRW, returns subtracted, count_of_purchase in purchase lines.
-- Cost: five columns of the mart's partitions in the window, one small file a month.
-- Months: change both dates. The second is the first day after the window.
SELECT
    affiliate,
    day_of_week,
    purchase_hour,
    sum(total_purchase_amount) AS total_purchase_amount,
    sum(count_of_purchase) AS count_of_purchase
FROM gold.sales_by_datetime
WHERE purchase_date >= DATE '2015-01-01'
  AND purchase_date < DATE '2016-01-01'
GROUP BY affiliate, day_of_week, purchase_hour
ORDER BY affiliate, day_of_week, purchase_hour NULLS LAST
