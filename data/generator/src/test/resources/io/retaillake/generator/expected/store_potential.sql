WITH known AS (SELECT * FROM {s}.valid_purchase WHERE customer_id IS NOT NULL AND province_city IS NOT NULL),
stores AS (
    SELECT DISTINCT ON (affiliate, store_cd) affiliate, store_cd, province_city, city_county
    FROM known WHERE store_cd IS NOT NULL
    GROUP BY affiliate, store_cd, province_city, city_county
    ORDER BY affiliate, store_cd, count(DISTINCT customer_id) DESC, province_city, city_county NULLS LAST),
members AS (SELECT DISTINCT affiliate, customer_id FROM known),
places AS (
    SELECT m.affiliate, k.province_city, k.city_county, count(DISTINCT k.customer_id) AS customers, sum(k.amount) AS amount,
           coalesce(sum(k.amount) FILTER (WHERE k.affiliate = m.affiliate), 0) AS here
    FROM members m JOIN known k USING (customer_id)
    GROUP BY m.affiliate, k.province_city, k.city_county),
open_places AS (
    SELECT p.*, round(p.amount / p.customers, 2) AS average
    FROM places p
    WHERE p.amount > p.here
      AND NOT EXISTS (
          SELECT FROM stores s WHERE s.affiliate = p.affiliate AND s.province_city = p.province_city
             AND s.city_county IS NOT DISTINCT FROM p.city_county))
SELECT affiliate, rank() OVER (PARTITION BY affiliate ORDER BY average DESC, province_city, city_county NULLS LAST),
       province_city, city_county, customers, here::numeric(18, 2), (amount - here)::numeric(18, 2), average
FROM open_places
