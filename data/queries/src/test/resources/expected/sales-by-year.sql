SELECT affiliate, extract(year FROM month)::int AS purchase_year,
       sum(amount) AS total_purchase_amount, count(*) AS count_of_purchase
FROM {s}.valid_purchase
WHERE extract(year FROM month) IN (2014, 2015)
GROUP BY 1, 2 ORDER BY 1, 2
