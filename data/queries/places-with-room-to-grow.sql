-- Places with more customers than the average place and less sales per customer than the average customer: where a shop may pay.
-- Grain: city or county of the customers' residence, all affiliates together. Unknown residences are left out.
-- Units: amounts in KRW, returns subtracted. Averages rounded half up to two digits. missing_amount is what the place would add if
-- its customers spent the average.
-- Cost: five columns of the mart's partitions in the window, one file a month.
-- Months: change both dates. The second is the first day after the window.
WITH places AS (
    SELECT
        province_city,
        city_county,
        count(DISTINCT customer_id) AS customers,
        sum(total_purchase_amount) AS amount
    FROM gold.sales_by_customer
    WHERE month >= DATE '2015-01-01'
      AND month < DATE '2016-01-01'
      AND customer_id IS NOT NULL
      AND province_city IS NOT NULL
    GROUP BY province_city, city_county),
compared AS (
    SELECT
        *,
        count(*) OVER () AS all_places,
        sum(customers) OVER () AS all_customers,
        sum(amount) OVER () AS all_amount
    FROM places)
SELECT
    province_city,
    city_county,
    customers AS count_of_customer,
    amount AS total_purchase_amount,
    round(amount / customers, 2) AS average_amount_per_customer,
    round(all_amount / all_customers, 2) AS average_of_all_places,
    round(all_amount * customers / all_customers - amount, 2) AS missing_amount
FROM compared
WHERE customers * all_places > all_customers
  AND amount * all_customers < all_amount * customers
ORDER BY missing_amount DESC, province_city, city_county NULLS LAST
