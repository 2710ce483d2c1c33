WITH ranked AS (
  SELECT
    *,
    row_number() OVER (PARTITION BY affiliate, month ORDER BY total_purchase_amount DESC, customer_id) AS rank
  FROM gold.sales_by_customer
  WHERE customer_id IS NOT NULL)
SELECT
  affiliate,
  month,
  rank,
  customer_id,
  sex,
  age_group,
  province_city,
  city_county,
  total_purchase_amount,
  count_of_purchase,
  count_of_receipt
FROM ranked
WHERE rank <= 100
