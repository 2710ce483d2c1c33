SELECT
  affiliate,
  store_cd,
  make_date(purchase_year, purchase_month, 1) AS month,
  customer_id,
  CAST(sum(amount) AS decimal(18, 2)) AS total_purchase_amount,
  count(*) AS count_of_purchase
FROM silver.purchases
GROUP BY affiliate, store_cd, purchase_year, purchase_month, customer_id
