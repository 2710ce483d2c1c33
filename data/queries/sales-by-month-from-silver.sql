-- Sales amount and number of purchases of each affiliate by month, from the purchases themselves.
-- The same figures as sales-by-month. The form to start from when the mart lacks a column that you need.
-- Grain: affiliate and month, named by its first day. Units: total_purchase_amount in KRW, returns subtracted,
-- count_of_purchase in purchase lines.
-- Cost: two columns of silver.purchases in the window.
-- Months: change both dates. The second is the first day after the window.
SELECT
    affiliate,
    date_trunc('month', purchase_date) AS month,
    sum(amount) AS total_purchase_amount,
    count(*) AS count_of_purchase
FROM silver.purchases
WHERE purchase_date >= DATE '2015-01-01'
  AND purchase_date < DATE '2016-01-01'
GROUP BY affiliate, date_trunc('month', purchase_date)
ORDER BY affiliate, month
