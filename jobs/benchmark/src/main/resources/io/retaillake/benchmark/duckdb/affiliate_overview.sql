-- The whole period's customers and receipts come from the months', which are fewer than the purchases.
CREATE TEMPORARY TABLE month_customer AS
SELECT affiliate, month, customer_id, sum(amount) AS amount, count(*) AS lines FROM purchases GROUP BY ALL;

CREATE TEMPORARY TABLE month_receipt AS
SELECT affiliate, month, receipt_no FROM purchases GROUP BY ALL;

COPY (
    WITH customers AS (
        SELECT affiliate, month, customer_id, amount, lines FROM month_customer
        UNION ALL
        SELECT affiliate, NULL, customer_id, sum(amount), sum(lines) FROM month_customer GROUP BY affiliate, customer_id
    ), receipts AS (
        SELECT affiliate, month, count(*) AS receipts FROM month_receipt GROUP BY affiliate, month
        UNION ALL
        SELECT affiliate, NULL, count(*) FROM (SELECT DISTINCT affiliate, receipt_no FROM month_receipt) GROUP BY affiliate
    ), sales AS (
        SELECT affiliate, month, count(customer_id) AS customers, sum(lines) AS lines, sum(amount) AS amount,
               sum(lines) FILTER (customer_id IS NOT NULL) AS customer_lines,
               sum(amount) FILTER (customer_id IS NOT NULL) AS customer_amount
          FROM customers GROUP BY affiliate, month
    )
    SELECT s.affiliate, s.month, s.customers AS count_of_customer, CAST(s.lines AS BIGINT) AS count_of_purchase,
           r.receipts AS count_of_receipt, CAST(s.amount AS DECIMAL(18, 2)) AS total_purchase_amount,
           CAST(s.customer_lines / nullif(s.customers, 0) AS DECIMAL(18, 2)) AS purchases_per_customer,
           CAST(s.amount / s.lines AS DECIMAL(18, 2)) AS average_amount_per_purchase,
           CAST(s.customer_amount / nullif(s.customers, 0) AS DECIMAL(18, 2)) AS average_amount_per_customer
      FROM sales s JOIN receipts r ON s.affiliate = r.affiliate AND s.month IS NOT DISTINCT FROM r.month
) TO '${folder}/lake/gold/affiliate_overview.parquet' (FORMAT parquet, COMPRESSION zstd);
