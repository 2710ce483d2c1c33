WITH bought AS (SELECT DISTINCT affiliate, customer_id, month FROM {s}.valid_purchase WHERE customer_id IS NOT NULL),
since AS (SELECT *, min(month) OVER (PARTITION BY affiliate, customer_id) AS cohort_month FROM bought),
first AS (SELECT affiliate, cohort_month, count(*) AS customers FROM since WHERE month = cohort_month GROUP BY 1, 2),
later AS (
    SELECT f.affiliate, f.cohort_month, f.customers, m.month
    FROM first f JOIN (SELECT DISTINCT affiliate, month FROM bought) m ON m.affiliate = f.affiliate AND m.month > f.cohort_month),
counted AS (
    SELECT l.*, (SELECT count(*) FROM since s
                 WHERE s.affiliate = l.affiliate AND s.cohort_month = l.cohort_month AND s.month = l.month) AS active,
           ((extract(year FROM month) - extract(year FROM cohort_month)) * 12
               + extract(month FROM month) - extract(month FROM cohort_month))::int AS months_since
    FROM later l)
SELECT affiliate, months_since, sum(customers)::bigint AS count_of_customer, sum(active)::bigint AS count_of_active_customer,
       round(100.0 * sum(active) / sum(customers), 2) AS retention_percent
FROM counted GROUP BY 1, 2 ORDER BY 1, 2
