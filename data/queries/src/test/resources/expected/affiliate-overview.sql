WITH months AS (
    SELECT *, month AS of_month FROM {s}.valid_purchase WHERE extract(year FROM month) = 2015
    UNION ALL
    SELECT *, NULL FROM {s}.valid_purchase)
SELECT affiliate, of_month AS month, count(DISTINCT customer_id) AS count_of_customer, count(*) AS count_of_purchase,
       count(DISTINCT receipt_no) AS count_of_receipt, sum(amount) AS total_purchase_amount,
       round(count(customer_id)::numeric / nullif(count(DISTINCT customer_id), 0), 2) AS purchases_per_customer,
       round(avg(amount), 2) AS average_amount_per_purchase,
       round(sum(amount) FILTER (WHERE customer_id IS NOT NULL) / nullif(count(DISTINCT customer_id), 0), 2)
           AS average_amount_per_customer
FROM months
GROUP BY 1, 2 ORDER BY 1, 2 NULLS LAST
