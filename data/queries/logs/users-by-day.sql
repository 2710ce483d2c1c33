-- How many users a day, and how many of them came on the first day of the window, too.
-- Grain: day of the source's clock. Units: records, different users.
-- Cost: the files of the hours in the window, read whole.
-- Months: change year, month and day in both places, of which the folders are.
WITH window_of_days AS (
    SELECT year, month, day, user_id
    FROM logs.access_logs
    WHERE year = 2026
      AND month = 11
      AND day BETWEEN 28 AND 29
),
first_users AS (
    SELECT DISTINCT user_id
    FROM window_of_days
    WHERE day = 28
)
SELECT
    days.year,
    days.month,
    days.day,
    count(*) AS count_of_record,
    count(DISTINCT days.user_id) AS count_of_user,
    count(DISTINCT first_users.user_id) AS users_of_first_day
FROM window_of_days AS days
LEFT JOIN first_users ON first_users.user_id = days.user_id
GROUP BY days.year, days.month, days.day
ORDER BY days.year, days.month, days.day
