WITH homes AS (
  SELECT customer_id, max(struct(month, province_city, city_county)) AS latest
  FROM gold.sales_by_customer
  WHERE customer_id IS NOT NULL
  GROUP BY customer_id),
customers AS (
  SELECT customer_id, latest.province_city, latest.city_county
  FROM homes
  WHERE latest.province_city IS NOT NULL),
visits AS (
  SELECT DISTINCT affiliate, store_cd, customer_id
  FROM gold.sales_by_store_customer
  WHERE store_cd IS NOT NULL AND customer_id IS NOT NULL),
buyers AS (
  SELECT v.affiliate, v.store_cd, c.province_city, c.city_county, count(*) AS customers
  FROM visits AS v
  JOIN customers AS c ON c.customer_id = v.customer_id
  GROUP BY v.affiliate, v.store_cd, c.province_city, c.city_county),
ranked AS (
  SELECT
    *,
    row_number() OVER (
      PARTITION BY affiliate, store_cd
      ORDER BY customers DESC, province_city, city_county NULLS LAST) AS rank_of_place
  FROM buyers),
stores AS (
  SELECT affiliate, province_city, city_county
  FROM ranked
  WHERE rank_of_place = 1),
sales AS (
  SELECT affiliate, customer_id, sum(total_purchase_amount) AS amount
  FROM gold.sales_by_customer
  WHERE customer_id IS NOT NULL
  GROUP BY affiliate, customer_id),
sales_in_group AS (
  SELECT *, sum(amount) OVER (PARTITION BY customer_id) AS amount_in_group
  FROM sales),
places AS (
  SELECT
    s.affiliate,
    c.province_city,
    c.city_county,
    count(*) AS customers,
    CAST(sum(s.amount) AS decimal(18, 2)) AS amount,
    CAST(sum(s.amount_in_group) AS decimal(18, 2)) AS amount_in_group
  FROM sales_in_group AS s
  JOIN customers AS c ON c.customer_id = s.customer_id
  GROUP BY s.affiliate, c.province_city, c.city_county),
averages AS (
  SELECT
    *,
    CAST(amount_in_group - amount AS decimal(18, 2)) AS amount_elsewhere,
    CAST(amount_in_group / CAST(customers AS decimal(10, 0)) AS decimal(18, 2)) AS average_amount_per_customer
  FROM places)
SELECT
  p.affiliate,
  row_number() OVER (
    PARTITION BY p.affiliate
    ORDER BY p.average_amount_per_customer DESC, p.province_city, p.city_county NULLS LAST) AS rank,
  p.province_city,
  p.city_county,
  p.customers AS count_of_customer,
  p.amount AS total_purchase_amount,
  p.amount_elsewhere,
  p.average_amount_per_customer
FROM averages AS p
LEFT ANTI JOIN stores AS s
  ON s.affiliate = p.affiliate AND s.province_city = p.province_city AND s.city_county <=> p.city_county
WHERE p.amount_elsewhere > 0
