-- Makes the view that gives access logs the values back that they had before they were stored, as silver.access_logs has them.
-- in_date is the time by the source's clock, which names no zone, and in_date_text what the source wrote.
-- A text is null where the source had none or JSON's null. The column forms says which, and where a text is a value's JSON or Python literal.
CREATE OR REPLACE VIEW logs.access_logs AS
WITH originals AS (
    SELECT
        source_id,
        CAST(from_unixtime(arrived_at / 1000e0) AT TIME ZONE 'UTC' AS timestamp(3)) AS arrived_at,
        CASE
            WHEN element_at(forms, 'user_id') IS NULL THEN lower(
                to_hex(from_base64url(substr(user_id, 1, 22) || '=='))
                || to_hex(from_base64url(substr(user_id, 23, 22) || '==')))
            WHEN element_at(forms, 'user_id') = 'json' THEN nullif(user_id, 'null')
            ELSE user_id
        END AS user_id,
        CASE WHEN element_at(forms, 'record_id') = 'json' THEN nullif(record_id, 'null') ELSE record_id END AS record_id,
        CASE WHEN element_at(forms, 'activity') = 'json' THEN nullif(activity, 'null') ELSE activity END AS activity,
        CASE WHEN element_at(forms, 'url') = 'json' THEN nullif(url, 'null') ELSE url END AS url,
        CASE
            WHEN element_at(forms, 'method') IS NULL
                THEN element_at(ARRAY['GET', 'POST', 'PUT', 'DELETE', 'PATCH'], TRY_CAST(method AS integer))
            WHEN element_at(forms, 'method') = 'json' THEN nullif(method, 'null')
            ELSE method
        END AS method,
        CASE WHEN element_at(forms, 'name') = 'json' THEN nullif(name, 'null') ELSE name END AS name,
        CASE WHEN element_at(forms, 'detail') = 'json' THEN nullif(detail, 'null') ELSE detail END AS detail,
        CASE
            WHEN element_at(forms, 'in_date') IS NULL THEN
                '20' || substr(in_date, 1, 2) || '-' || substr(in_date, 3, 2) || '-' || substr(in_date, 5, 2)
                || ' ' || substr(in_date, 7, 2) || ':' || substr(in_date, 9, 2) || ':' || substr(in_date, 11, 2)
                || '.' || substr(in_date, 13, 6)
            ELSE in_date
        END AS in_date_text,
        forms,
        more,
        item,
        year,
        month,
        day,
        hour
    FROM logs.access_log_lines
)
SELECT
    CAST(
        substr(in_date_text, 1, 10) || ' '
        || replace(regexp_extract(in_date_text, '^.{11}(\d{2}:\d{2}(:\d{2}([.,]\d{1,6})?)?)', 1), ',', '.') AS timestamp(6)) AS in_date,
    *
FROM originals
