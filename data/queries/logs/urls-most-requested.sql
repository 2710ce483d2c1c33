-- The twenty addresses that were requested most, without their queries. The records say neither a status nor a duration, so that failing and slow ones can't be told.
-- Grain: address without what follows a question mark. Units: records, different users, first and last time of the source's clock.
-- Cost: the files of the hours in the window, read whole.
-- Months: change year, month and day, of which the folders are.
SELECT
    split_part(url, '?', 1) AS path,
    count(*) AS count_of_record,
    count(DISTINCT user_id) AS count_of_user,
    min(in_date) AS first_request,
    max(in_date) AS last_request
FROM logs.access_logs
WHERE year = 2026
  AND month = 11
  AND day BETWEEN 28 AND 28
  AND url IS NOT NULL
GROUP BY split_part(url, '?', 1)
ORDER BY count_of_record DESC, path
LIMIT 20
