SELECT customer_id, affiliate, extract(year FROM month)::int AS purchase_year, extract(month FROM month)::int AS purchase_month,
       min(sex) AS sex, min(age_group) AS age_group, min(residence) AS residence, min(province_city) AS province_city,
       min(city_county) AS city_county, count(*) AS count_of_purchase, sum(amount) AS total_purchase_amount,
       round(avg(amount), 2) AS average_amount_per_purchase
FROM {s}.valid_purchase
WHERE month = '2015-12-01'
GROUP BY 1, 2, 3, 4 ORDER BY 1 NULLS LAST, 2, 3, 4
