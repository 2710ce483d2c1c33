-- Customers in segments by recency, frequency and monetary value (RFM).
-- Grain: segment. Recency scores 5 for a purchase in the window's last month, 4 for the month before, 3 up to three months, 2 up to
-- six, else 1. Frequency (receipts) and value (amount) score by fifths of the customers, 5 highest, equal values score the same.
-- Units: amounts in KRW, returns subtracted. Receipts are counted per affiliate and month. Averages and percentages rounded half up
-- to two digits. Cost: five columns of the mart's partitions in the window, one file a month.
-- Months: change both dates. The second is the first day after the window. For the customers themselves select from scored.
WITH customers AS (
    SELECT
        customer_id,
        max(month) AS last_month,
        sum(count_of_receipt) AS receipts,
        sum(total_purchase_amount) AS amount
    FROM gold.sales_by_customer
    WHERE month >= DATE '2015-01-01'
      AND month < DATE '2016-01-01'
      AND customer_id IS NOT NULL
    GROUP BY customer_id),
measured AS (
    SELECT
        customer_id,
        receipts,
        amount,
        date_diff('month', last_month, max(last_month) OVER ()) AS months_since,
        1 + 5 * (rank() OVER (ORDER BY receipts) - 1) / count(*) OVER () AS frequency,
        1 + 5 * (rank() OVER (ORDER BY amount) - 1) / count(*) OVER () AS monetary
    FROM customers),
scored AS (
    SELECT
        *,
        CASE
            WHEN months_since = 0 THEN 5
            WHEN months_since = 1 THEN 4
            WHEN months_since <= 3 THEN 3
            WHEN months_since <= 6 THEN 2
            ELSE 1
        END AS recency
    FROM measured),
segments AS (
    SELECT
        *,
        CASE
            WHEN recency >= 4 AND frequency >= 4 AND monetary >= 4 THEN '1 champions'
            WHEN recency >= 3 AND frequency >= 3 THEN '2 loyal'
            WHEN recency >= 4 THEN '3 recent'
            WHEN recency = 3 THEN '4 occasional'
            WHEN frequency >= 4 OR monetary >= 4 THEN '5 at risk'
            ELSE '6 lapsed'
        END AS segment
    FROM scored)
SELECT
    segment,
    count(*) AS count_of_customer,
    CAST(100 * count(*) AS decimal(18, 2)) / sum(count(*)) OVER () AS percent_of_customers,
    sum(amount) AS total_purchase_amount,
    100 * sum(amount) / nullif(sum(sum(amount)) OVER (), 0) AS percent_of_amount,
    sum(amount) / count(*) AS average_amount_per_customer,
    CAST(sum(receipts) AS decimal(18, 2)) / count(*) AS receipts_per_customer
FROM segments
GROUP BY segment
ORDER BY segment
