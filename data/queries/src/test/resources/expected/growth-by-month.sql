WITH months AS (SELECT affiliate, month, sum(amount) AS amount FROM {s}.valid_purchase GROUP BY 1, 2)
SELECT affiliate, month, amount AS total_purchase_amount, before AS amount_month_before,
       round(100 * (amount / nullif(greatest(before, 0), 0) - 1), 2) AS growth_on_month_percent,
       year_before AS amount_year_before,
       round(100 * (amount / nullif(greatest(year_before, 0), 0) - 1), 2) AS growth_on_year_percent
FROM (
    SELECT m.*,
           (SELECT amount FROM months b WHERE b.affiliate = m.affiliate AND b.month = m.month - interval '1 month') AS before,
           (SELECT amount FROM months b WHERE b.affiliate = m.affiliate AND b.month = m.month - interval '1 year') AS year_before
    FROM months m) compared
WHERE extract(year FROM month) = 2015
ORDER BY 1, 2
