-- Of ${kept}, the valid rows of which no other has the key.
COPY (
    SELECT p.affiliate, p.receipt_no, p.division_cd, p.main_category_cd, p.sub_category_cd,
           i.main_category_desc, i.sub_category_desc, p.customer_id, c.sex, c.age_group, c.residence,
           c.province_city, c.province_city_eng, c.city_county, c.city_county_eng, p.store_cd,
           p.parsed_date AS purchase_date, p.parsed_hour AS purchase_hour,
           CAST(year(p.parsed_date) AS INTEGER) AS purchase_year, CAST(month(p.parsed_date) AS INTEGER) AS purchase_month,
           p.parsed_amount AS amount
      FROM ${kept} p
      LEFT JOIN products_info i USING (affiliate, division_cd, main_category_cd, sub_category_cd)
      LEFT JOIN customer_with_place c ON p.customer_id = c.customer_id
) TO '${folder}/lake/silver/purchases' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (affiliate, purchase_year, purchase_month));
