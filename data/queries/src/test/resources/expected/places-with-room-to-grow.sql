WITH buyers AS (
    SELECT * FROM {s}.valid_purchase
    WHERE extract(year FROM month) = 2015 AND customer_id IS NOT NULL AND province_city IS NOT NULL),
places AS (
    SELECT province_city, city_county, count(DISTINCT customer_id) AS customers, sum(amount) AS amount
    FROM buyers GROUP BY 1, 2),
everywhere AS (
    SELECT avg(customers) AS customers_per_place, sum(customers) AS customers, sum(amount) AS amount FROM places)
SELECT p.province_city, p.city_county, p.customers AS count_of_customer, p.amount AS total_purchase_amount,
       round(p.amount / p.customers, 2) AS average_amount_per_customer,
       round(e.amount / e.customers, 2) AS average_of_all_places,
       round(e.amount * p.customers / e.customers, 2) - p.amount AS missing_amount
FROM places p CROSS JOIN everywhere e
WHERE p.customers > e.customers_per_place AND p.amount / p.customers < e.amount / e.customers
ORDER BY missing_amount DESC, province_city, city_county NULLS LAST
