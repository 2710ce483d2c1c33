-- The twenty paths with the most errors. An event has no duration, so that the slowest can't be told.
-- Grain: path. Units: events, percent of the path's events, last_error is a time of UTC.
-- Cost: the files of the hours in the window, read whole.
-- Months: change year, month and day, of which the folders are.
SELECT
    path,
    count_if(status_category IN ('Client Error', 'Server Error')) AS errors,
    count_if(status_category = 'Server Error') AS server_errors,
    count(*) AS count_of_event,
    CAST(100.0 * count_if(status_category IN ('Client Error', 'Server Error')) / count(*) AS decimal(5, 2)) AS error_percent,
    max(CASE WHEN status_category IN ('Client Error', 'Server Error') THEN from_iso8601_timestamp("timestamp") END) AS last_error
FROM events.events_json
WHERE year = 2026
  AND month = 11
  AND day BETWEEN 28 AND 28
  AND path IS NOT NULL
GROUP BY path
HAVING count_if(status_category IN ('Client Error', 'Server Error')) > 0
ORDER BY errors DESC, path
LIMIT 20
