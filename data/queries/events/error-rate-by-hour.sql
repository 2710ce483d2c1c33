-- The share of events that failed, by hour: the server's errors and the clients' apart.
-- Grain: hour of UTC. Units: events, percent of those with a known status, null where none has one.
-- Cost: the files of the hours in the window, read whole.
-- Months: change year, month and day, of which the folders are.
SELECT
    year,
    month,
    day,
    hour,
    count(*) AS count_of_event,
    count_if(status_category = 'Client Error') AS client_errors,
    count_if(status_category = 'Server Error') AS server_errors,
    CAST(100.0 * count_if(status_category IN ('Client Error', 'Server Error')) / nullif(count(status_code), 0) AS decimal(5, 2))
        AS error_percent
FROM events.events_json
WHERE year = 2026
  AND month = 11
  AND day BETWEEN 28 AND 28
GROUP BY year, month, day, hour
ORDER BY year, month, day, hour
