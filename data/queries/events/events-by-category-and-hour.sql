-- Events by class of status and hour, with how many users they are of.
-- Grain: hour of UTC, event_type and status_category. Units: count_of_event in events, a repeated delivery counted again, count_of_user in users.
-- Cost: the files of the hours in the window, read whole.
-- Months: change both dates, keep the conditions on year, month and day, of which the folders are.
SELECT
    date_add('hour', hour, CAST(date_parse(concat(CAST(year AS varchar), '-', CAST(month AS varchar), '-', CAST(day AS varchar)), '%Y-%c-%e') AS timestamp))
        AS hour_utc,
    event_type,
    status_category,
    count(*) AS count_of_event,
    count(DISTINCT user_id) AS count_of_user
FROM events.events_json
WHERE year = 2026
  AND month = 11
  AND day BETWEEN 28 AND 28
GROUP BY year, month, day, hour, event_type, status_category
ORDER BY hour_utc, event_type, status_category
