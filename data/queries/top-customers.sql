-- The ten best customers of each affiliate in one month, with where they live.
-- Grain: affiliate and rank by amount. Equal amounts are ranked by the customer's number. The table has up to 100 of each month.
-- Units: amounts in KRW, returns subtracted.
-- Cost: nine columns of one file.
-- Months: change the date, the first day of the month. More ranks, up to 100: change the number.
SELECT
    affiliate,
    rank,
    customer_id,
    age_group,
    province_city,
    city_county,
    total_purchase_amount,
    count_of_receipt
FROM gold.top_customers
WHERE month = DATE '2015-12-01' AND rank <= 10
ORDER BY affiliate, rank
