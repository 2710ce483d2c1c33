SELECT
  affiliate,
  make_date(purchase_year, purchase_month, 1) AS month,
  division_cd,
  main_category_cd,
  sub_category_cd,
  main_category_desc,
  sub_category_desc,
  CAST(sum(amount) AS decimal(18, 2)) AS total_purchase_amount,
  count(*) AS count_of_purchase
FROM silver.purchases
GROUP BY ALL
