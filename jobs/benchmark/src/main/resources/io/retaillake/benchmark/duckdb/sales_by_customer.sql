-- Grouped by the key alone; the attributes depend on it.
COPY (
    SELECT customer_id, affiliate, month, any_value(sex) AS sex, any_value(age_group) AS age_group,
           any_value(residence) AS residence, any_value(province_city) AS province_city,
           any_value(province_city_eng) AS province_city_eng, any_value(city_county) AS city_county,
           any_value(city_county_eng) AS city_county_eng,
           CAST(sum(amount) AS DECIMAL(18, 2)) AS total_purchase_amount, CAST(sum(lines) AS BIGINT) AS count_of_purchase,
           count(*) AS count_of_receipt
      FROM (SELECT customer_id, affiliate, month, receipt_no, any_value(sex) AS sex, any_value(age_group) AS age_group,
                   any_value(residence) AS residence, any_value(province_city) AS province_city,
                   any_value(province_city_eng) AS province_city_eng, any_value(city_county) AS city_county,
                   any_value(city_county_eng) AS city_county_eng, sum(amount) AS amount, count(*) AS lines
              FROM purchases GROUP BY customer_id, affiliate, month, receipt_no)
     GROUP BY customer_id, affiliate, month
) TO '${folder}/lake/gold/sales_by_customer' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (month));
