SELECT affiliate, month, sum(amount) AS total_purchase_amount, count(*) AS count_of_purchase
FROM {s}.valid_purchase
WHERE extract(year FROM month) = 2015
GROUP BY 1, 2 ORDER BY 1, 2
