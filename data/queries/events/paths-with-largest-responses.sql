-- The twenty paths that send the most, and how large their largest answers are.
-- Grain: path. Units: bytes, median_bytes is approximate. Events without a size are left out.
-- Cost: the files of the hours in the window, read whole.
-- Months: change year, month and day, of which the folders are.
SELECT
    path,
    count(*) AS count_of_event,
    sum(response_size) AS total_bytes,
    approx_percentile(response_size, 0.5) AS median_bytes,
    max(response_size) AS largest_bytes
FROM events.events_json
WHERE year = 2026
  AND month = 11
  AND day BETWEEN 28 AND 28
  AND path IS NOT NULL
  AND response_size IS NOT NULL
GROUP BY path
ORDER BY total_bytes DESC, path
LIMIT 20
