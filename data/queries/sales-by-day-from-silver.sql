-- Sales amount and number of purchases of each affiliate by day, from the purchases themselves.
-- The same figures as sales-by-day. The form to start from when the mart lacks a column that you need.
-- Grain: affiliate and day in Seoul. Units: total_purchase_amount in KRW, returns subtracted, count_of_purchase in purchase
-- lines.
-- Cost: two columns of silver.purchases in the window. Add affiliate = 'A' to read that affiliate's partitions only.
-- Months: change both dates. The second is the first day after the window.
SELECT
    affiliate,
    purchase_date,
    sum(amount) AS total_purchase_amount,
    count(*) AS count_of_purchase
FROM silver.purchases
WHERE purchase_date >= DATE '2015-12-01'
  AND purchase_date < DATE '2016-01-01'
GROUP BY affiliate, purchase_date
ORDER BY affiliate, purchase_date
