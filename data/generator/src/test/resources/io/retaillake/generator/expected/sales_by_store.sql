SELECT affiliate, store_cd, month, sum(amount)::numeric(18, 2), count(*), count(DISTINCT customer_id)
FROM {s}.valid_purchase
GROUP BY affiliate, store_cd, month
