-- First-purchase cohorts: of the customers who first bought in a month, how many bought again in each month after.
-- Grain: month of the first purchase at any affiliate, and months since. The lake's first month holds all earlier customers, too.
-- Units: customers, and retention_percent of the cohort's customers, rounded half up to two digits.
-- Cost: two columns of the whole mart, for a first purchase can't be told from a window.
-- Months: to leave cohorts out, add WHERE c.cohort_month >= DATE '2014-07-01' before the last GROUP BY.
WITH customer_months AS (
    SELECT DISTINCT customer_id, month
    FROM gold.sales_by_customer
    WHERE customer_id IS NOT NULL),
cohorts AS (
    SELECT customer_id, min(month) AS cohort_month
    FROM customer_months
    GROUP BY customer_id),
sizes AS (
    SELECT cohort_month, count(*) AS customers
    FROM cohorts
    GROUP BY cohort_month)
SELECT
    c.cohort_month,
    date_diff('month', c.cohort_month, m.month) AS months_since,
    s.customers AS cohort_customers,
    count(*) AS active_customers,
    CAST(100 * count(*) AS decimal(18, 2)) / s.customers AS retention_percent
FROM cohorts AS c
JOIN customer_months AS m ON m.customer_id = c.customer_id
JOIN sizes AS s ON s.cohort_month = c.cohort_month
GROUP BY c.cohort_month, m.month, s.customers
ORDER BY c.cohort_month, months_since
