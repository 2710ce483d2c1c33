-- Sales amount by hour of the day and day of the week, as a table to colour: when to staff and when to advertise.
-- Grain: affiliate and hour (0 to 23. Null where the source has none). A column for each day of the week.
-- Units: KRW, returns subtracted. 0 where nothing was sold.
-- Cost: four columns of the mart's partitions in the window, one small file a month.
-- Months: change both dates. The second is the first day after the window.
SELECT
    affiliate,
    purchase_hour,
    coalesce(sum(total_purchase_amount) FILTER (WHERE day_of_week = 1), 0) AS monday,
    coalesce(sum(total_purchase_amount) FILTER (WHERE day_of_week = 2), 0) AS tuesday,
    coalesce(sum(total_purchase_amount) FILTER (WHERE day_of_week = 3), 0) AS wednesday,
    coalesce(sum(total_purchase_amount) FILTER (WHERE day_of_week = 4), 0) AS thursday,
    coalesce(sum(total_purchase_amount) FILTER (WHERE day_of_week = 5), 0) AS friday,
    coalesce(sum(total_purchase_amount) FILTER (WHERE day_of_week = 6), 0) AS saturday,
    coalesce(sum(total_purchase_amount) FILTER (WHERE day_of_week = 7), 0) AS sunday
FROM gold.sales_by_datetime
WHERE purchase_date >= DATE '2015-01-01'
  AND purchase_date < DATE '2016-01-01'
GROUP BY affiliate, purchase_hour
ORDER BY affiliate, purchase_hour NULLS LAST
