-- How many requests of which method, by hour.
-- Grain: hour of the source's clock and method. Units: records, different users.
-- Cost: the files of the hours in the window, read whole.
-- Months: change year, month and day, of which the folders are.
SELECT
    year,
    month,
    day,
    hour,
    method,
    count(*) AS count_of_record,
    count(DISTINCT user_id) AS count_of_user
FROM logs.access_logs
WHERE year = 2026
  AND month = 11
  AND day BETWEEN 28 AND 28
GROUP BY year, month, day, hour, method
ORDER BY year, month, day, hour, method
