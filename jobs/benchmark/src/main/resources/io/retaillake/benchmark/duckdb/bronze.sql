-- As extracted, the purchases by the month that their date begins with.

COPY customer TO '${folder}/lake/bronze/customer.parquet' (FORMAT parquet, COMPRESSION zstd);

COPY products_info TO '${folder}/lake/bronze/products_info.parquet' (FORMAT parquet, COMPRESSION zstd);

COPY zipcode TO '${folder}/lake/bronze/zipcode.parquet' (FORMAT parquet, COMPRESSION zstd);

COPY (
    SELECT *,
           CASE WHEN regexp_matches(purchase_date, '^[0-9]{4}(0[1-9]|1[0-2])') AND NOT starts_with(purchase_date, '0000')
                THEN left(purchase_date, 6) ELSE 'none' END AS source_month
      FROM purchase
) TO '${folder}/lake/bronze/purchase' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (source_month));
