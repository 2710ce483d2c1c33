WITH customers AS (
    SELECT customer_id, count(DISTINCT affiliate) AS affiliates, sum(amount) AS amount, count(*) AS purchases
    FROM {s}.valid_purchase
    WHERE extract(year FROM month) = 2015 AND customer_id IS NOT NULL
    GROUP BY customer_id)
SELECT affiliates AS count_of_affiliate, count(*) AS count_of_customer,
       round(100.0 * count(*) / (SELECT count(*) FROM customers), 2) AS percent_of_customers,
       sum(amount) AS total_purchase_amount,
       round(100 * sum(amount) / (SELECT sum(amount) FROM customers), 2) AS percent_of_amount,
       round(avg(amount), 2) AS average_amount_per_customer,
       round(avg(purchases), 2) AS purchases_per_customer
FROM customers GROUP BY 1 ORDER BY 1
