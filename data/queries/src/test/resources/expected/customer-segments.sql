WITH receipts AS (
    SELECT DISTINCT customer_id, affiliate, month, receipt_no FROM {s}.valid_purchase
    WHERE extract(year FROM month) = 2015 AND customer_id IS NOT NULL),
customers AS (
    SELECT customer_id, max(month) AS last_month, sum(amount) AS amount,
           (SELECT count(*) FROM receipts r WHERE r.customer_id = p.customer_id) AS receipts
    FROM {s}.valid_purchase p
    WHERE extract(year FROM month) = 2015 AND customer_id IS NOT NULL
    GROUP BY customer_id),
scored AS (
    SELECT c.*,
           12 - extract(month FROM last_month) AS months_since,
           1 + div(5 * (rank() OVER (ORDER BY receipts) - 1), count(*) OVER ()) AS f,
           1 + div(5 * (rank() OVER (ORDER BY amount) - 1), count(*) OVER ()) AS m
    FROM customers c),
segments AS (
    SELECT scored.*,
           CASE WHEN months_since <= 1 AND f >= 4 AND m >= 4 THEN '1 champions'
                WHEN months_since <= 3 AND f >= 3 THEN '2 loyal'
                WHEN months_since <= 1 THEN '3 recent'
                WHEN months_since <= 3 THEN '4 occasional'
                WHEN f >= 4 OR m >= 4 THEN '5 at risk'
                ELSE '6 lapsed' END AS segment
    FROM scored)
SELECT segment, count(*) AS count_of_customer,
       round(100.0 * count(*) / (SELECT count(*) FROM customers), 2) AS percent_of_customers,
       sum(amount) AS total_purchase_amount,
       round(100 * sum(amount) / (SELECT sum(amount) FROM customers), 2) AS percent_of_amount,
       round(avg(amount), 2) AS average_amount_per_customer,
       round(avg(receipts), 2) AS receipts_per_customer
FROM segments GROUP BY 1 ORDER BY 1
