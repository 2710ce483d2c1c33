-- Different receipts are counted by grouping twice, which is faster than count(DISTINCT).
COPY (
    SELECT affiliate, purchase_date, isodow(purchase_date) AS day_of_week, purchase_hour,
           CAST(sum(amount) AS DECIMAL(18, 2)) AS total_purchase_amount, CAST(sum(lines) AS BIGINT) AS count_of_purchase,
           count(*) AS count_of_receipt, date_trunc('month', purchase_date) AS month
      FROM (SELECT affiliate, purchase_date, purchase_hour, receipt_no, sum(amount) AS amount, count(*) AS lines
              FROM purchases GROUP BY ALL)
     GROUP BY affiliate, purchase_date, purchase_hour
) TO '${folder}/lake/gold/sales_by_datetime' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (month));
