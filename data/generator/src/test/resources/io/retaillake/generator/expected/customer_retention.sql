WITH first AS (
    SELECT affiliate, customer_id, min(month) AS cohort_month
    FROM {s}.valid_purchase WHERE customer_id IS NOT NULL GROUP BY affiliate, customer_id),
sold AS (SELECT DISTINCT affiliate, month FROM {s}.valid_purchase WHERE customer_id IS NOT NULL),
bought AS (SELECT DISTINCT affiliate, customer_id, month FROM {s}.valid_purchase)
SELECT f.affiliate, f.cohort_month,
       (extract(year FROM age(s.month, f.cohort_month)) * 12 + extract(month FROM age(s.month, f.cohort_month)))::int,
       count(*), count(b.customer_id), round(count(b.customer_id)::numeric / count(*), 6)
FROM first f
JOIN sold s ON s.affiliate = f.affiliate AND s.month >= f.cohort_month
LEFT JOIN bought b ON b.affiliate = f.affiliate AND b.customer_id = f.customer_id AND b.month = s.month
GROUP BY f.affiliate, f.cohort_month, s.month
