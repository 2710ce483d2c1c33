SELECT
  CAST(in_date AS date) AS day,
  CAST(hour(in_date) AS int) AS hour,
  method,
  url,
  count(*) AS count_of_record,
  count(DISTINCT user_id) AS count_of_user
FROM silver.access_logs
GROUP BY CAST(in_date AS date), hour(in_date), method, url
