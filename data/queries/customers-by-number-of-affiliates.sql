-- How many customers buy at one, two, three and four affiliates, and what they spend.
-- Grain: number of affiliates at which a customer bought in the window. Buyers without a membership are left out.
-- Units: amounts in KRW, returns subtracted. Percentages of all customers and of their amount, rounded half up to two digits.
-- Cost: four columns of the mart's partitions in the window, one file a month.
-- Months: change both dates. The second is the first day after the window.
WITH customers AS (
    SELECT
        customer_id,
        count(DISTINCT affiliate) AS count_of_affiliate,
        sum(total_purchase_amount) AS amount,
        sum(count_of_purchase) AS purchases
    FROM gold.sales_by_customer
    WHERE month >= DATE '2015-01-01'
      AND month < DATE '2016-01-01'
      AND customer_id IS NOT NULL
    GROUP BY customer_id)
SELECT
    count_of_affiliate,
    count(*) AS count_of_customer,
    round(CAST(100 * count(*) AS decimal(18, 2)) / sum(count(*)) OVER (), 2) AS percent_of_customers,
    sum(amount) AS total_purchase_amount,
    round(100 * sum(amount) / nullif(sum(sum(amount)) OVER (), 0), 2) AS percent_of_amount,
    round(sum(amount) / count(*), 2) AS average_amount_per_customer,
    round(CAST(sum(purchases) AS decimal(18, 2)) / count(*), 2) AS purchases_per_customer
FROM customers
GROUP BY count_of_affiliate
ORDER BY count_of_affiliate
