WITH year AS (SELECT *, to_char(purchase_date, 'ID') AS day FROM {s}.valid_purchase WHERE extract(year FROM month) = 2015)
SELECT affiliate, purchase_hour,
       sum(CASE day WHEN '1' THEN amount ELSE 0.00 END) AS monday,
       sum(CASE day WHEN '2' THEN amount ELSE 0.00 END) AS tuesday,
       sum(CASE day WHEN '3' THEN amount ELSE 0.00 END) AS wednesday,
       sum(CASE day WHEN '4' THEN amount ELSE 0.00 END) AS thursday,
       sum(CASE day WHEN '5' THEN amount ELSE 0.00 END) AS friday,
       sum(CASE day WHEN '6' THEN amount ELSE 0.00 END) AS saturday,
       sum(CASE day WHEN '7' THEN amount ELSE 0.00 END) AS sunday
FROM year GROUP BY 1, 2 ORDER BY 1, 2 NULLS LAST
