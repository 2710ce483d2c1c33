-- Where each month's source rows went: accepted into silver.purchases or rejected. The column missing_rows must be 0.
-- Grain: month of the row as yyyyMM, none where its date has no real month. Units: rows.
-- Cost: one column of silver.purchases and of silver.purchase_rejects. Bronze is Avro, of which whole files are read, so all of
-- bronze.purchase in the window.
-- Months: add the same window to each WHERE, for silver.purchases by purchase_date.
WITH counted AS (
    SELECT source_month, count(*) AS bronze_rows, 0 AS silver_rows, 0 AS reject_rows
    FROM bronze.purchase
    WHERE source_month IS NOT NULL
    GROUP BY source_month
    UNION ALL
    SELECT date_format(purchase_date, '%Y%m'), 0, count(*), 0
    FROM silver.purchases
    WHERE purchase_date IS NOT NULL
    GROUP BY date_format(purchase_date, '%Y%m')
    UNION ALL
    SELECT source_month, 0, 0, count(*)
    FROM silver.purchase_rejects
    WHERE source_month IS NOT NULL
    GROUP BY source_month)
SELECT
    source_month,
    sum(bronze_rows) AS bronze_rows,
    sum(silver_rows) AS silver_rows,
    sum(reject_rows) AS reject_rows,
    sum(bronze_rows) - sum(silver_rows) - sum(reject_rows) AS missing_rows
FROM counted
GROUP BY source_month
ORDER BY source_month
