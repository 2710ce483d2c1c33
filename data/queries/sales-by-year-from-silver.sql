-- Sales amount and number of purchases of each affiliate by year, from the purchases themselves.
-- The same figures as sales-by-year. The form to start from when the mart lacks a column that you need.
-- Grain: affiliate and year. Units: total_purchase_amount in KRW, returns subtracted, count_of_purchase in purchase lines.
-- Cost: two columns of silver.purchases in the window.
-- Months: change both dates. The second is the first day after the window.
SELECT
    affiliate,
    year(purchase_date) AS purchase_year,
    sum(amount) AS total_purchase_amount,
    count(*) AS count_of_purchase
FROM silver.purchases
WHERE purchase_date >= DATE '2014-01-01'
  AND purchase_date < DATE '2016-01-01'
GROUP BY affiliate, year(purchase_date)
ORDER BY affiliate, purchase_year
