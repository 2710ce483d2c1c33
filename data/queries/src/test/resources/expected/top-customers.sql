WITH customers AS (
    SELECT affiliate, customer_id, min(age_group) AS age_group, min(province_city) AS province_city, min(city_county) AS city_county,
           sum(amount) AS amount, count(DISTINCT receipt_no) AS receipts
    FROM {s}.valid_purchase WHERE month = '2015-12-01' AND customer_id IS NOT NULL GROUP BY 1, 2),
ranked AS (SELECT *, rank() OVER (PARTITION BY affiliate ORDER BY amount DESC, customer_id) AS rank FROM customers)
SELECT affiliate, rank, customer_id, age_group, province_city, city_county, amount AS total_purchase_amount,
       receipts AS count_of_receipt
FROM ranked WHERE rank <= 10 ORDER BY 1, 2
