SELECT
  affiliate,
  store_cd,
  make_date(purchase_year, purchase_month, 1) AS month,
  CAST(sum(amount) AS decimal(18, 2)) AS total_purchase_amount,
  count(*) AS count_of_purchase,
  count(DISTINCT customer_id) AS count_of_customer
FROM silver.purchases
GROUP BY affiliate, store_cd, purchase_year, purchase_month
