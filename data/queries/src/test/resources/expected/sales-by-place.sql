WITH month AS (SELECT * FROM {s}.valid_purchase WHERE month = '2015-12-01'),
levels AS (
    SELECT affiliate, 1 AS n, 'province/city' AS level, province_city, NULL AS city_county,
           sum(amount) AS total_purchase_amount, count(*) AS count_of_purchase
    FROM month GROUP BY affiliate, province_city
    UNION ALL
    SELECT affiliate, 2, 'city/county', province_city, city_county, sum(amount), count(*)
    FROM month GROUP BY affiliate, province_city, city_county)
SELECT affiliate, level, province_city, city_county, total_purchase_amount, count_of_purchase
FROM levels
ORDER BY affiliate, province_city NULLS LAST, n, city_county NULLS LAST
