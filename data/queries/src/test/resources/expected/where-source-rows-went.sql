WITH months AS (
    SELECT CASE WHEN left(purchase_date, 6) ~ '^[0-9]{4}(0[1-9]|1[0-2])$' AND left(purchase_date, 4) <> '0000'
                THEN left(purchase_date, 6) ELSE 'none' END COLLATE "C" AS source_month
    FROM {s}.purchase),
source AS (SELECT source_month, count(*) AS rows FROM months GROUP BY 1),
valid AS (SELECT to_char(month, 'YYYYMM') AS source_month, count(*) AS rows FROM {s}.valid_purchase GROUP BY 1)
SELECT source_month, s.rows AS bronze_rows, coalesce(v.rows, 0) AS silver_rows, s.rows - coalesce(v.rows, 0) AS reject_rows,
       0 AS missing_rows
FROM source s LEFT JOIN valid v USING (source_month)
ORDER BY 1
