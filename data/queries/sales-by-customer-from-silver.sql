-- Number and average amount of each customer's purchases by affiliate, year and month, from the purchases themselves.
-- The same figures as sales-by-customer. The form to start from when the mart lacks a column that you need.
-- Grain: customer, affiliate, year and month. One row without customer_id for all buyers without a membership.
-- Units: amounts in KRW, returns subtracted, count_of_purchase in purchase lines. The average is rounded half up to two digits.
-- Cost: eight columns of silver.purchases in the window (the rest names partitions).
-- Months: change both dates. The second is the first day after the window. For one customer add AND customer_id = '…'.
SELECT
    customer_id,
    affiliate,
    purchase_year,
    purchase_month,
    sex,
    age_group,
    residence,
    province_city,
    city_county,
    count(*) AS count_of_purchase,
    sum(amount) AS total_purchase_amount,
    round(sum(amount) / count(*), 2) AS average_amount_per_purchase
FROM silver.purchases
WHERE purchase_date >= DATE '2015-12-01'
  AND purchase_date < DATE '2016-01-01'
GROUP BY
    customer_id, affiliate, purchase_year, purchase_month, sex, age_group, residence, province_city, city_county
ORDER BY customer_id NULLS LAST, affiliate, purchase_year, purchase_month
