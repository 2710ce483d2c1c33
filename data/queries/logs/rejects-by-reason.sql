-- Which items were rejected, and why, by the day of their arrival.
-- Grain: day of UTC and reason. Units: items, one message as an example.
-- Cost: the files of the days in the window, one for each item.
-- Months: change year, month and day, of which the folders are.
SELECT
    year,
    month,
    day,
    reason,
    count(*) AS count_of_item,
    min(message) AS example_message
FROM logs.access_log_rejects
WHERE year = 2026
  AND month = 11
  AND day BETWEEN 28 AND 28
GROUP BY year, month, day, reason
ORDER BY year, month, day, count_of_item DESC, reason
