COPY (
    SELECT affiliate, month, division_cd, main_category_cd, sub_category_cd, main_category_desc, sub_category_desc,
           CAST(sum(amount) AS DECIMAL(18, 2)) AS total_purchase_amount, count(*) AS count_of_purchase
      FROM purchases
     GROUP BY ALL
) TO '${folder}/lake/gold/sales_by_product' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (month));
