WITH calendar AS (
    SELECT to_char(day, 'YYYYMMDD') AS text
    FROM generate_series(timestamp '1990-01-01', timestamp '2030-12-31', interval '1 day') AS day),
judged AS (
    SELECT CASE WHEN left(purchase_date, 6) ~ '^[0-9]{4}(0[1-9]|1[0-2])$' AND left(purchase_date, 4) <> '0000'
                THEN left(purchase_date, 6) ELSE 'none' END COLLATE "C" AS source_month,
           array_remove(ARRAY[
               CASE WHEN (SELECT bool_or(translate(key, E' \t\u3000\u200b', '') = '') FROM unnest(ARRAY[
                        affiliate, receipt_no, division_cd, main_category_cd, sub_category_cd]) AS key) THEN 'KEY_MISSING' END,
               CASE WHEN (purchase_date IN (SELECT text FROM calendar)) IS NOT TRUE THEN 'DATE_INVALID' END,
               CASE WHEN amount IS NULL THEN 'AMOUNT_MISSING' END,
               CASE WHEN amount IN ('NaN', 'Infinity', '-Infinity') THEN 'AMOUNT_NOT_FINITE' END,
               CASE WHEN amount NOT IN ('NaN', 'Infinity', '-Infinity')
                     AND abs(round(amount::text::numeric, 2)) > 9999999999999.99 THEN 'AMOUNT_OUT_OF_RANGE' END], NULL)
               AS reasons
    FROM {s}.purchase)
SELECT source_month, reason COLLATE "C" AS reason, count(*) AS count_of_row,
       count(*) FILTER (WHERE array_length(reasons, 1) = 1) AS count_of_row_for_this_alone
FROM judged CROSS JOIN unnest(reasons) AS reason
GROUP BY 1, 2 ORDER BY 1, 2
