-- The source's purchases that silver must keep, with their attributes, worked out in PostgreSQL's own words: dates are looked up in
-- a calendar, invisible characters are taken out, and each postal area has one row. Strings sort by their bytes, as in Trino.
CREATE TABLE {s}.valid_purchase AS
WITH area AS (
    SELECT short_zipcode,
           string_agg(DISTINCT province_city::text COLLATE "C", '·' ORDER BY province_city::text COLLATE "C") AS province_city,
           string_agg(DISTINCT nullif(city_county, '')::text COLLATE "C", '·' ORDER BY nullif(city_county, '')::text COLLATE "C")
               AS city_county
    FROM {s}.zipcode
    GROUP BY short_zipcode),
calendar AS (
    SELECT day::date AS day, to_char(day, 'YYYYMMDD') AS text
    FROM generate_series(timestamp '1990-01-01', timestamp '2030-12-31', interval '1 day') AS day)
SELECT p.affiliate COLLATE "C" AS affiliate,
       p.receipt_no,
       p.division_cd COLLATE "C" AS division_cd,
       p.main_category_cd COLLATE "C" AS main_category_cd,
       p.sub_category_cd COLLATE "C" AS sub_category_cd,
       i.main_category_desc COLLATE "C" AS main_category_desc,
       i.sub_category_desc COLLATE "C" AS sub_category_desc,
       p.customer_id COLLATE "C" AS customer_id,
       p.store_cd COLLATE "C" AS store_cd,
       c.sex,
       c.age_group COLLATE "C" AS age_group,
       c.residence,
       a.province_city COLLATE "C" AS province_city,
       a.city_county COLLATE "C" AS city_county,
       d.day AS purchase_date,
       date_trunc('month', d.day)::date AS month,
       CASE WHEN p.purchase_time ~ '^([0-9]|[01][0-9]|2[0-3]|([01][0-9]|2[0-3]):[0-5][0-9])$'
            THEN split_part(p.purchase_time, ':', 1)::int END AS purchase_hour,
       round(p.amount::text::numeric, 2) AS amount
FROM {s}.purchase p
JOIN calendar d ON d.text = p.purchase_date
LEFT JOIN {s}.products_info i USING (affiliate, division_cd, main_category_cd, sub_category_cd)
LEFT JOIN {s}.customer c USING (customer_id)
LEFT JOIN area a ON a.short_zipcode = c.residence
WHERE CASE WHEN p.amount IS NULL OR p.amount IN ('NaN', 'Infinity', '-Infinity') THEN false
           ELSE abs(round(p.amount::text::numeric, 2)) <= 9999999999999.99 END
  AND (SELECT bool_and(translate(key, E' \t\u3000\u200b', '') <> '')
       FROM unnest(ARRAY[p.affiliate, p.receipt_no, p.division_cd, p.main_category_cd, p.sub_category_cd]) AS key)
