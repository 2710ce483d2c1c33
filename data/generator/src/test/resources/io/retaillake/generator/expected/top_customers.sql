WITH customers AS (
    SELECT affiliate, month, customer_id, min(sex) AS sex, min(age_group) AS age_group, min(province_city) AS province_city,
           min(city_county) AS city_county, sum(amount) AS amount, count(*) AS purchases, count(DISTINCT receipt_no) AS receipts
    FROM {s}.valid_purchase WHERE customer_id IS NOT NULL GROUP BY affiliate, month, customer_id),
ranked AS (
    SELECT *, row_number() OVER (PARTITION BY affiliate, month ORDER BY amount DESC, customer_id) AS rank FROM customers)
SELECT affiliate, month, rank, customer_id, sex, age_group, province_city, city_county, amount::numeric(18, 2), purchases, receipts
FROM ranked
WHERE rank <= 100
