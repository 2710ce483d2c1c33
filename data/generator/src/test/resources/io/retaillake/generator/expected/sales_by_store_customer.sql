SELECT affiliate, store_cd, month, customer_id, sum(amount)::numeric(18, 2), count(*)
FROM {s}.valid_purchase
GROUP BY affiliate, store_cd, month, customer_id
