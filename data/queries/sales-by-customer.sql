-- Number and average amount of each customer's purchases at each affiliate by year and month, with the customer's attributes.
-- Grain: customer, affiliate, year and month. One row without customer_id for all buyers without a membership.
-- Units: amounts in KRW, returns subtracted, count_of_purchase in purchase lines. The average is rounded half up to two digits.
-- Cost: all columns but one of the mart's partitions in the window, one file a month.
-- Months: change both dates. The second is the first day after the window. For one customer add AND customer_id = '…'.
SELECT
    customer_id,
    affiliate,
    year(month) AS purchase_year,
    month(month) AS purchase_month,
    sex,
    age_group,
    residence,
    province_city,
    city_county,
    count_of_purchase,
    total_purchase_amount,
    round(total_purchase_amount / count_of_purchase, 2) AS average_amount_per_purchase
FROM gold.sales_by_customer
WHERE month >= DATE '2015-12-01'
  AND month < DATE '2016-01-01'
ORDER BY customer_id NULLS LAST, affiliate, purchase_year, purchase_month
