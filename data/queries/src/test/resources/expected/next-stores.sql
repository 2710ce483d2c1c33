WITH known AS (SELECT * FROM {s}.valid_purchase WHERE customer_id IS NOT NULL AND province_city IS NOT NULL),
stores AS (
    SELECT DISTINCT ON (affiliate, store_cd) affiliate, store_cd, province_city, city_county
    FROM known WHERE store_cd IS NOT NULL
    GROUP BY affiliate, store_cd, province_city, city_county
    ORDER BY affiliate, store_cd, count(DISTINCT customer_id) DESC, province_city, city_county NULLS LAST),
members AS (SELECT DISTINCT affiliate, customer_id FROM known),
places AS (
    SELECT m.affiliate, k.province_city, k.city_county, count(DISTINCT k.customer_id) AS customers, sum(k.amount) AS amount,
           sum(k.amount) FILTER (WHERE k.affiliate = m.affiliate) AS here
    FROM members m JOIN known k USING (customer_id) GROUP BY 1, 2, 3),
ranked AS (
    SELECT p.*, round(p.amount / p.customers, 2) AS average,
           rank() OVER (PARTITION BY affiliate ORDER BY round(p.amount / p.customers, 2) DESC, province_city, city_county NULLS LAST) AS place_rank
    FROM places p
    WHERE p.amount > p.here AND p.customers >= 5
      AND NOT EXISTS (
          SELECT FROM stores s WHERE s.affiliate = p.affiliate AND s.province_city = p.province_city
             AND s.city_county IS NOT DISTINCT FROM p.city_county))
SELECT affiliate, place_rank, province_city, city_county, customers AS count_of_customer, here AS total_purchase_amount,
       amount - here AS amount_elsewhere, average AS average_amount_per_customer
FROM ranked WHERE place_rank <= 5 ORDER BY 1, 2
