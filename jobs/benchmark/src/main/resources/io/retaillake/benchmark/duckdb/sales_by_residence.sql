COPY (
    SELECT affiliate, month, province_city, city_county,
           CAST(sum(amount) AS DECIMAL(18, 2)) AS total_purchase_amount, count(*) AS count_of_purchase
      FROM purchases
     GROUP BY ALL
) TO '${folder}/lake/gold/sales_by_residence' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (month));
