-- Source rows that are not in silver.purchases, by reason and month: what to correct in the source.
-- Grain: month of the row as yyyyMM (none where its date has no real month) and reason. A row with several reasons counts once
-- under each. The column count_of_row_for_this_alone has those that would be accepted if only this were corrected.
-- Units: rows of bronze.purchase.
-- Cost: one column of silver.purchase_rejects, in all months.
-- Months: add WHERE source_month BETWEEN '201501' AND '201512' before GROUP BY. The rows themselves: SELECT * with the same WHERE.
SELECT
    source_month,
    reason,
    count(*) AS count_of_row,
    count_if(cardinality(reasons) = 1) AS count_of_row_for_this_alone
FROM silver.purchase_rejects
CROSS JOIN UNNEST(reasons) AS r (reason)
GROUP BY source_month, reason
ORDER BY source_month, reason
