WITH stores AS (
    SELECT affiliate, store_cd, sum(amount) AS amount, count(*) AS purchases
    FROM {s}.valid_purchase WHERE extract(year FROM month) = 2015 AND store_cd IS NOT NULL GROUP BY 1, 2),
ranked AS (SELECT *, rank() OVER (PARTITION BY affiliate ORDER BY amount DESC, store_cd) AS store_rank FROM stores)
SELECT affiliate, store_rank, store_cd, amount AS total_purchase_amount, purchases AS count_of_purchase,
       round(100 * amount / (
           SELECT sum(v.amount) FROM {s}.valid_purchase v
           WHERE v.affiliate = r.affiliate AND extract(year FROM v.month) = 2015), 2) AS percent_of_affiliate
FROM ranked r WHERE store_rank <= 10 ORDER BY 1, 2
