WITH active AS (SELECT DISTINCT customer_id, month FROM {s}.valid_purchase WHERE customer_id IS NOT NULL),
since AS (
    SELECT customer_id, month, min(month) OVER (PARTITION BY customer_id) AS cohort_month FROM active)
SELECT cohort_month,
       ((extract(year FROM month) - extract(year FROM cohort_month)) * 12
           + extract(month FROM month) - extract(month FROM cohort_month))::int AS months_since,
       (SELECT count(DISTINCT customer_id) FROM since s WHERE s.cohort_month = c.cohort_month) AS cohort_customers,
       count(*) AS active_customers,
       round(100.0 * count(*) / (SELECT count(DISTINCT customer_id) FROM since s WHERE s.cohort_month = c.cohort_month), 2)
           AS retention_percent
FROM since c
GROUP BY cohort_month, month ORDER BY 1, 2
