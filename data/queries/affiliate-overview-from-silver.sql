-- Each affiliate in figures: customers, purchases, receipts, amount, and averages, from the purchases themselves.
-- The same figures as affiliate-overview. The form to start from when the mart lacks a column that you need.
-- Grain: affiliate and month. Month is null for the whole period that the lake holds.
-- Units: amounts in KRW, returns subtracted, count_of_purchase in purchase lines. Customers are members, lines without one count
-- as purchases, not for the averages per customer. Averages are rounded half up to two digits.
-- Cost: four columns of all of silver.purchases, for the whole period's different customers and receipts.
-- Months: change both dates. The second is the first day after the window. The whole period's rows are always there.
SELECT
    affiliate,
    month,
    count(DISTINCT customer_id) AS count_of_customer,
    count(*) AS count_of_purchase,
    count(DISTINCT receipt_no) AS count_of_receipt,
    sum(amount) AS total_purchase_amount,
    CAST(count(customer_id) AS decimal(18, 2)) / nullif(count(DISTINCT customer_id), 0) AS purchases_per_customer,
    sum(amount) / count(*) AS average_amount_per_purchase,
    sum(amount) FILTER (WHERE customer_id IS NOT NULL) / nullif(count(DISTINCT customer_id), 0)
        AS average_amount_per_customer
FROM (
    SELECT affiliate, date_trunc('month', purchase_date) AS month, customer_id, receipt_no, amount
    FROM silver.purchases)
GROUP BY GROUPING SETS ((affiliate, month), (affiliate))
HAVING grouping(month) = 1
    OR (month >= DATE '2015-01-01' AND month < DATE '2016-01-01')
ORDER BY affiliate, month NULLS LAST
