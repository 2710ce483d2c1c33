-- What is not valid, as it was extracted, with all its reasons.

COPY (
    SELECT affiliate, receipt_no, division_cd, main_category_cd, sub_category_cd, customer_id, store_cd, purchase_date,
           purchase_time, CAST(amount AS VARCHAR) AS amount,
           list_filter([
               CASE WHEN is_blank(affiliate) OR is_blank(receipt_no) OR is_blank(division_cd)
                      OR is_blank(main_category_cd) OR is_blank(sub_category_cd) THEN 'KEY_MISSING' END,
               CASE WHEN strlen(affiliate) > 80 THEN 'KEY_TOO_LONG' END,
               CASE WHEN parsed_date IS NULL THEN 'DATE_INVALID' END,
               CASE WHEN amount IS NULL THEN 'AMOUNT_MISSING'
                    WHEN NOT isfinite(amount) THEN 'AMOUNT_NOT_FINITE'
                    WHEN parsed_amount IS NULL THEN 'AMOUNT_OUT_OF_RANGE' END,
               CASE WHEN valid THEN 'DUPLICATE_KEY' END
           ], lambda reason: reason IS NOT NULL) AS reasons
      FROM ${from}
) TO '${folder}/lake/silver/purchase_rejects.parquet' (FORMAT parquet, COMPRESSION zstd);

CREATE VIEW purchases AS
SELECT *, make_date(purchase_year, purchase_month, 1) AS month
  FROM read_parquet('${folder}/lake/silver/purchases/**/*.parquet', hive_partitioning = true,
       hive_types = {'affiliate': VARCHAR, 'purchase_year': INTEGER, 'purchase_month': INTEGER});
