-- The rules of silver.purchases. Two comparisons tell of nearly every code that it is not blank; so they come first.
-- Strings are compared by their bytes, and strlen counts bytes.

CREATE MACRO is_blank(code) AS
    code IS NULL OR (NOT (code >= '!' AND code < chr(127)) AND regexp_full_match(code,
        '[\x{0}-\x{20}\x{7f}-\x{a0}\x{ad}\x{34f}\x{61c}\x{115f}-\x{1160}\x{1680}\x{17b4}-\x{17b5}\x{180b}-\x{180f}\x{2000}-\x{200f}\x{2028}-\x{202f}\x{205f}-\x{206f}\x{3000}\x{3164}\x{fe00}-\x{fe0f}\x{feff}\x{ffa0}]*'));

CREATE MACRO day_of(code) AS
    CASE WHEN strlen(code) = 8 AND code >= '0001' THEN CAST(try_strptime(code, '%Y%m%d') AS DATE) END;

CREATE MACRO hour_of(code) AS
    CASE strlen(code)
        WHEN 2 THEN CASE WHEN code BETWEEN '00' AND '09' OR code BETWEEN '10' AND '19' OR code BETWEEN '20' AND '23'
                         THEN TRY_CAST(code AS INTEGER) END
        WHEN 1 THEN CASE WHEN code BETWEEN '0' AND '9' THEN TRY_CAST(code AS INTEGER) END
        WHEN 5 THEN CASE WHEN regexp_full_match(code, '([01][0-9]|2[0-3]):[0-5][0-9]') THEN TRY_CAST(left(code, 2) AS INTEGER) END
    END;

-- An amount of at most two decimals is its decimal at once, the others go by their shortest text.
CREATE MACRO krw_of(amount) AS
    CASE WHEN abs(amount) < 1e13 THEN
        CASE WHEN round(amount * 100) / 100 = amount THEN CAST(amount AS DECIMAL(15, 2))
             ELSE TRY_CAST(CAST(amount AS VARCHAR) AS DECIMAL(15, 2)) END
    END;

CREATE VIEW parsed AS
SELECT rowid AS purchase_row, *, day_of(purchase_date) AS parsed_date, hour_of(purchase_time) AS parsed_hour, krw_of(amount) AS parsed_amount
  FROM purchase;

CREATE VIEW judged AS
SELECT *,
       NOT (is_blank(affiliate) OR is_blank(receipt_no) OR is_blank(division_cd) OR is_blank(main_category_cd)
            OR is_blank(sub_category_cd))
       AND strlen(affiliate) <= 80 AND parsed_date IS NOT NULL AND parsed_amount IS NOT NULL AS valid
  FROM parsed;

-- One row for each area, so that no purchase is counted for each of an area's cities.
CREATE TABLE regions AS
SELECT short_zipcode,
       string_agg(DISTINCT province_city, '·' ORDER BY province_city) FILTER (NOT is_blank(province_city)) AS province_city,
       string_agg(DISTINCT province_city_eng, '·' ORDER BY province_city_eng) FILTER (NOT is_blank(province_city_eng)) AS province_city_eng,
       string_agg(DISTINCT city_county, '·' ORDER BY city_county) FILTER (NOT is_blank(city_county)) AS city_county,
       string_agg(DISTINCT city_county_eng, '·' ORDER BY city_county_eng) FILTER (NOT is_blank(city_county_eng)) AS city_county_eng
  FROM zipcode
 GROUP BY short_zipcode;

COPY regions TO '${folder}/lake/silver/regions.parquet' (FORMAT parquet, COMPRESSION zstd);

-- Customers are joined to their places before the many purchases are joined to them.
CREATE TABLE customer_with_place AS
SELECT c.*, r.province_city, r.province_city_eng, r.city_county, r.city_county_eng
  FROM customer c LEFT JOIN regions r ON c.residence = r.short_zipcode;
