-- Sales amount and number of purchases of each affiliate by month.
-- Grain: affiliate and month, named by its first day. Units: total_purchase_amount in KRW, returns subtracted,
-- count_of_purchase in purchase lines, a line being one product category on one receipt.
-- Cost: three columns of the mart's partitions in the window, one small file a month.
-- Months: change both dates. The second is the first day after the window.
SELECT
    affiliate,
    date_trunc('month', purchase_date) AS month,
    sum(total_purchase_amount) AS total_purchase_amount,
    sum(count_of_purchase) AS count_of_purchase
FROM gold.sales_by_datetime
WHERE purchase_date >= DATE '2015-01-01'
  AND purchase_date < DATE '2016-01-01'
GROUP BY affiliate, date_trunc('month', purchase_date)
ORDER BY affiliate, month
