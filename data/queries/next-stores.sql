-- Where each affiliate's next store would pay: places without one of its stores whose customers buy elsewhere in the group.
-- Grain: affiliate and the five places with the most sales per customer of those with at least 5 customers. A store's place is where
-- most of its buyers live, for the source does not say where it is. Unknown residences are left out.
-- Units: amounts in KRW, returns subtracted. average_amount_per_customer is in the whole group, rounded half up to two digits.
-- Cost: eight columns of the whole table, which is small.
-- Months: all that the lake has. More places, or more customers: change the numbers.
WITH ranked AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY affiliate ORDER BY rank) AS place_rank
    FROM gold.store_potential
    WHERE count_of_customer >= 5)
SELECT
    affiliate,
    place_rank,
    province_city,
    city_county,
    count_of_customer,
    total_purchase_amount,
    amount_elsewhere,
    average_amount_per_customer
FROM ranked
WHERE place_rank <= 5
ORDER BY affiliate, place_rank
