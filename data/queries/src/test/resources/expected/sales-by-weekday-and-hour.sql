SELECT affiliate, extract(isodow FROM purchase_date)::int AS day_of_week, purchase_hour,
       sum(amount) AS total_purchase_amount, count(*) AS count_of_purchase
FROM {s}.valid_purchase
WHERE extract(year FROM month) = 2015
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3 NULLS LAST
