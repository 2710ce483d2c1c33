SELECT 'sales_by_datetime', affiliate, count(*), sum(total_purchase_amount), sum(count_of_purchase), sum(count_of_receipt), NULL
  FROM read_parquet('${folder}/lake/gold/sales_by_datetime/**/*.parquet') GROUP BY affiliate
UNION ALL
SELECT 'sales_by_product', affiliate, count(*), sum(total_purchase_amount), sum(count_of_purchase), NULL, NULL
  FROM read_parquet('${folder}/lake/gold/sales_by_product/**/*.parquet') GROUP BY affiliate
UNION ALL
SELECT 'sales_by_age_product', affiliate, count(*), sum(total_purchase_amount), sum(count_of_purchase), NULL, NULL
  FROM read_parquet('${folder}/lake/gold/sales_by_age_product/**/*.parquet') GROUP BY affiliate
UNION ALL
SELECT 'sales_by_residence', affiliate, count(*), sum(total_purchase_amount), sum(count_of_purchase), NULL, NULL
  FROM read_parquet('${folder}/lake/gold/sales_by_residence/**/*.parquet') GROUP BY affiliate
UNION ALL
SELECT 'sales_by_customer', affiliate, count(*), sum(total_purchase_amount), sum(count_of_purchase), sum(count_of_receipt), count(DISTINCT customer_id)
  FROM read_parquet('${folder}/lake/gold/sales_by_customer/**/*.parquet') GROUP BY affiliate
UNION ALL
SELECT 'affiliate_overview', affiliate, count(*), sum(total_purchase_amount), sum(count_of_purchase), sum(count_of_receipt), sum(count_of_customer)
  FROM read_parquet('${folder}/lake/gold/affiliate_overview.parquet') GROUP BY affiliate
UNION ALL
SELECT 'purchases', affiliate, count(*), sum(amount), count(*), NULL, NULL
  FROM read_parquet('${folder}/lake/silver/purchases/**/*.parquet', hive_partitioning = true, hive_types = {'affiliate': VARCHAR}) GROUP BY affiliate
UNION ALL
SELECT 'purchase_rejects', '', count(*), NULL, NULL, NULL, NULL
  FROM read_parquet('${folder}/lake/silver/purchase_rejects.parquet')
