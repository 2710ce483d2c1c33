SELECT
  affiliate,
  store_cd,
  month,
  CAST(sum(total_purchase_amount) AS decimal(18, 2)) AS total_purchase_amount,
  sum(count_of_purchase) AS count_of_purchase,
  count(customer_id) AS count_of_customer
FROM gold.sales_by_store_customer
GROUP BY affiliate, store_cd, month
