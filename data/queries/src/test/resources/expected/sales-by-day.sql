SELECT affiliate, purchase_date, sum(amount) AS total_purchase_amount, count(*) AS count_of_purchase
FROM {s}.valid_purchase
WHERE month = '2015-12-01'
GROUP BY 1, 2 ORDER BY 1, 2
