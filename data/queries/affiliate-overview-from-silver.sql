-- Each affiliate in figures: customers, purchases, receipts, amount, and averages, from the purchases themselves.
-- The same figures as affiliate-overview, and the form to start from when the mart lacks a column that you need.
-- Grain: affiliate and month. The month is null for the whole period that the lake holds.
-- Units: amounts in KRW, returns subtracted, count_of_purchase in purchase lines. Customers are members, lines without one count
-- as purchases, not for the averages per customer. Averages are rounded half up to two digits.
-- Cost: five columns of all of silver.purchases, some twice, for the whole period's different customers and receipts.
-- Months: change the dates in both places. The second is the first day after the window. The whole period is always there.
WITH customers AS (
    SELECT
        affiliate,
        date_trunc('month', purchase_date) AS month,
        customer_id,
        count(*) AS purchases,
        sum(amount) AS amount
    FROM silver.purchases
    GROUP BY affiliate, date_trunc('month', purchase_date), customer_id),
sales AS (
    SELECT
        affiliate,
        month,
        count(DISTINCT customer_id) AS count_of_customer,
        sum(purchases) AS count_of_purchase,
        coalesce(sum(purchases) FILTER (WHERE customer_id IS NOT NULL), 0) AS purchases_of_customers,
        sum(amount) AS total_purchase_amount,
        sum(amount) FILTER (WHERE customer_id IS NOT NULL) AS amount_of_customers
    FROM customers
    GROUP BY GROUPING SETS ((affiliate, month), (affiliate))),
receipts AS (
    SELECT affiliate, month, count(*) AS count_of_receipt
    FROM (
        SELECT DISTINCT affiliate, date_trunc('month', purchase_date) AS month, receipt_no
        FROM silver.purchases
        WHERE purchase_date >= DATE '2015-01-01'
          AND purchase_date < DATE '2016-01-01')
    GROUP BY affiliate, month
    UNION ALL
    SELECT affiliate, NULL, count(*)
    FROM (
        SELECT DISTINCT affiliate, receipt_no
        FROM silver.purchases)
    GROUP BY affiliate)
SELECT
    s.affiliate,
    s.month,
    s.count_of_customer,
    s.count_of_purchase,
    r.count_of_receipt,
    s.total_purchase_amount,
    round(CAST(s.purchases_of_customers AS decimal(18, 2)) / nullif(s.count_of_customer, 0), 2) AS purchases_per_customer,
    round(s.total_purchase_amount / s.count_of_purchase, 2) AS average_amount_per_purchase,
    round(s.amount_of_customers / nullif(s.count_of_customer, 0), 2) AS average_amount_per_customer
FROM sales AS s
JOIN receipts AS r
    ON r.affiliate = s.affiliate AND r.month IS NOT DISTINCT FROM s.month
WHERE s.month IS NULL
   OR (s.month >= DATE '2015-01-01' AND s.month < DATE '2016-01-01')
ORDER BY s.affiliate, s.month NULLS LAST
