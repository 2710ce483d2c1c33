-- How many customers of each affiliate come back: of those who first bought there in a month, how many bought again so many months later.
-- Grain: affiliate and months since the first purchase there, the cohorts of all months together. A cohort counts where its month so
-- many months later is in the lake, whose first month holds all earlier customers, too.
-- Units: customers, and retention_percent of the cohorts' customers, rounded half up to two digits.
-- Cost: five columns of the whole table, which is small.
-- Months: to leave cohorts out, add AND cohort_month >= DATE '2014-07-01' to WHERE.
SELECT
    affiliate,
    months_since,
    sum(count_of_customer) AS count_of_customer,
    sum(count_of_active_customer) AS count_of_active_customer,
    round(CAST(100 * sum(count_of_active_customer) AS decimal(18, 2)) / sum(count_of_customer), 2) AS retention_percent
FROM gold.customer_retention
WHERE months_since > 0
GROUP BY affiliate, months_since
ORDER BY affiliate, months_since
