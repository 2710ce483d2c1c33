WITH receipts AS (
  SELECT
    affiliate,
    make_date(purchase_year, purchase_month, 1) AS month,
    sort_array(collect_set(struct(division_cd, main_category_cd))) AS categories
  FROM silver.purchases
  WHERE amount > 0
  GROUP BY affiliate, purchase_year, purchase_month, receipt_no),
-- Each category is paired with itself, too: such pairs count the receipts of one category, and, where it is the first of its
-- receipt, all receipts. So the lines are read once.
pairs AS (
  SELECT affiliate, month, a, b, count(*) AS receipts, count_if(position = 0) AS first_of_receipts
  FROM receipts
    LATERAL VIEW posexplode(categories) bought AS position, a
    LATERAL VIEW explode(slice(categories, position + 1, size(categories))) with_it AS b
  GROUP BY affiliate, month, a, b),
counted AS (
  SELECT
    affiliate,
    month,
    a,
    b,
    CAST(receipts AS decimal(10, 0)) AS receipts_both,
    CAST(max(CASE WHEN a = b THEN receipts END) OVER (PARTITION BY affiliate, month, a) AS decimal(10, 0)) AS receipts_a,
    CAST(max(CASE WHEN a = b THEN receipts END) OVER (PARTITION BY affiliate, month, b) AS decimal(10, 0)) AS receipts_b,
    CAST(sum(CASE WHEN a = b THEN first_of_receipts END) OVER (PARTITION BY affiliate, month) AS decimal(10, 0)) AS receipts_all
  FROM pairs),
names AS (
  SELECT affiliate, month, division_cd, main_category_cd, max(main_category_desc) AS main_category_desc
  FROM gold.sales_by_product
  GROUP BY affiliate, month, division_cd, main_category_cd)
SELECT
  c.affiliate,
  c.month,
  c.a.division_cd AS division_cd_a,
  c.a.main_category_cd AS main_category_cd_a,
  name_a.main_category_desc AS main_category_desc_a,
  c.b.division_cd AS division_cd_b,
  c.b.main_category_cd AS main_category_cd_b,
  name_b.main_category_desc AS main_category_desc_b,
  CAST(c.receipts_both AS bigint) AS count_of_receipt_both,
  CAST(c.receipts_a AS bigint) AS count_of_receipt_a,
  CAST(c.receipts_b AS bigint) AS count_of_receipt_b,
  CAST(c.receipts_all AS bigint) AS count_of_receipt_all,
  CAST(c.receipts_both / c.receipts_all AS decimal(7, 6)) AS support,
  CAST(c.receipts_both / c.receipts_a AS decimal(7, 6)) AS confidence_a_to_b,
  CAST(c.receipts_both / c.receipts_b AS decimal(7, 6)) AS confidence_b_to_a,
  CAST((c.receipts_both * c.receipts_all) / (c.receipts_a * c.receipts_b) AS decimal(18, 6)) AS lift
FROM counted AS c
LEFT JOIN names AS name_a
  ON name_a.affiliate = c.affiliate AND name_a.month = c.month
  AND name_a.division_cd = c.a.division_cd AND name_a.main_category_cd = c.a.main_category_cd
LEFT JOIN names AS name_b
  ON name_b.affiliate = c.affiliate AND name_b.month = c.month
  AND name_b.division_cd = c.b.division_cd AND name_b.main_category_cd = c.b.main_category_cd
WHERE c.a < c.b
