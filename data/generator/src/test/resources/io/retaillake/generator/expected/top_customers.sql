WITH customers AS (
    SELECT affiliate, month, customer_id, min(sex) AS sex, min(age_group) AS age_group, min(province_city) AS province_city,
           min(city_county) AS city_county, sum(amount) AS amount, count(*) AS purchases, count(DISTINCT receipt_no) AS receipts
    FROM {s}.valid_purchase WHERE customer_id IS NOT NULL GROUP BY affiliate, month, customer_id)
SELECT c.affiliate, c.month, better.number + 1, c.customer_id, c.sex, c.age_group, c.province_city, c.city_county,
       c.amount::numeric(18, 2), c.purchases, c.receipts
FROM customers c
CROSS JOIN LATERAL (
    SELECT count(*) AS number FROM customers o
    WHERE o.affiliate = c.affiliate AND o.month = c.month
      AND (o.amount > c.amount OR (o.amount = c.amount AND o.customer_id < c.customer_id))) better
WHERE better.number < 100
