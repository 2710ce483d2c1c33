-- A month's figures as they were reported, each time: the versions of gold.sales_by_datetime that (re)built the month, oldest first.
-- Grain: version. Copy comparison_sql of a version and run it: it shows each affiliate's amount and purchases as reported then,
-- and now. Version 1 is the first report. On Athena "sales_by_datetime$refs" also lists its tag, reported-<yyyy-MM>.
-- Units: times in Seoul. The snapshot_id is what FOR VERSION AS OF takes.
-- Cost: metadata only, no data file. The comparison reads four columns of the month, twice.
-- Months: change the date in month. It is the month's first day.
WITH month AS (
    SELECT DATE '2015-12-01' AS first_day),
builds AS (
    SELECT
        committed_at,
        snapshot_id,
        element_at(summary, 'retail-lake.run-id') AS run_id,
        json_extract_scalar(element_at(summary, 'retail-lake.arguments'), '$.window') AS months
    FROM gold."sales_by_datetime$snapshots"
    WHERE element_at(summary, 'retail-lake.run-id') IS NOT NULL)
SELECT
    row_number() OVER (ORDER BY committed_at, snapshot_id) AS version,
    at_timezone(committed_at, 'Asia/Seoul') AS reported_at,
    run_id,
    months,
    snapshot_id,
    format(
        'SELECT affiliate, sum(amount_then) AS amount_then, sum(amount_now) AS amount_now, '
            || 'sum(amount_now) - sum(amount_then) AS amount_difference, '
            || 'sum(purchases_then) AS purchases_then, sum(purchases_now) AS purchases_now FROM ('
            || 'SELECT affiliate, total_purchase_amount AS amount_then, 0 AS amount_now, '
            || 'count_of_purchase AS purchases_then, 0 AS purchases_now '
            || 'FROM gold.sales_by_datetime FOR VERSION AS OF %1$s '
            || 'WHERE purchase_date >= DATE ''%2$s'' AND purchase_date < DATE ''%3$s'' '
            || 'UNION ALL SELECT affiliate, 0, total_purchase_amount, 0, count_of_purchase '
            || 'FROM gold.sales_by_datetime '
            || 'WHERE purchase_date >= DATE ''%2$s'' AND purchase_date < DATE ''%3$s'') '
            || 'GROUP BY affiliate ORDER BY affiliate',
        snapshot_id,
        first_day,
        date_add('month', 1, first_day)) AS comparison_sql
FROM builds
CROSS JOIN month
WHERE months = 'all'
   OR date_format(first_day, '%Y-%m') BETWEEN substr(months, 1, 7) AND substr(months, -7)
ORDER BY version
