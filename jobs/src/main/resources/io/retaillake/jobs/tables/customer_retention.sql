WITH buyers AS (
  SELECT
    affiliate,
    customer_id,
    month,
    min(month) OVER (PARTITION BY affiliate, customer_id) AS cohort_month
  FROM gold.sales_by_customer
  WHERE customer_id IS NOT NULL),
active AS (
  SELECT affiliate, cohort_month, month, count(*) AS customers
  FROM buyers
  GROUP BY affiliate, cohort_month, month),
months AS (
  SELECT DISTINCT affiliate, month
  FROM active),
cohorts AS (
  -- All customers of a cohort bought in its first month.
  SELECT affiliate, cohort_month, customers
  FROM active
  WHERE month = cohort_month),
retained AS (
  SELECT
    cohorts.affiliate,
    cohorts.cohort_month,
    months.month,
    cohorts.customers,
    coalesce(active.customers, 0) AS active_customers
  FROM cohorts
  JOIN months ON months.affiliate = cohorts.affiliate AND months.month >= cohorts.cohort_month
  LEFT JOIN active
    ON active.affiliate = cohorts.affiliate
    AND active.cohort_month = cohorts.cohort_month
    AND active.month = months.month)
SELECT
  affiliate,
  cohort_month,
  12 * (year(month) - year(cohort_month)) + month(month) - month(cohort_month) AS months_since,
  customers AS count_of_customer,
  active_customers AS count_of_active_customer,
  CAST(CAST(active_customers AS decimal(12, 0)) / CAST(customers AS decimal(12, 0)) AS decimal(7, 6)) AS retention_rate
FROM retained
