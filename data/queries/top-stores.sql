-- The ten stores of each affiliate with the highest sales, and their part of the affiliate's sales.
-- Grain: affiliate and rank. Purchases whose store is unknown count in the affiliate's sales alone. Equal amounts are ranked by the
-- store's code.
-- Units: amounts in KRW, returns subtracted. The column percent_of_affiliate is rounded half up to two digits.
-- Cost: five columns of the table's partitions in the window, one file a month.
-- Months: change both dates. The second is the first day after the window. More or fewer ranks: change the last WHERE.
WITH stores AS (
    SELECT
        affiliate,
        store_cd,
        sum(total_purchase_amount) AS amount,
        sum(count_of_purchase) AS purchases
    FROM gold.sales_by_store
    WHERE month >= DATE '2015-01-01'
      AND month < DATE '2016-01-01'
    GROUP BY affiliate, store_cd),
ranked AS (
    SELECT
        *,
        sum(amount) OVER (PARTITION BY affiliate) AS affiliate_amount,
        row_number() OVER (PARTITION BY affiliate ORDER BY store_cd IS NULL, amount DESC, store_cd) AS store_rank
    FROM stores)
SELECT
    affiliate,
    store_rank,
    store_cd,
    amount AS total_purchase_amount,
    purchases AS count_of_purchase,
    round(CAST(100 * amount AS decimal(20, 2)) / CAST(affiliate_amount AS decimal(18, 2)), 2) AS percent_of_affiliate
FROM ranked
WHERE store_rank <= 10 AND store_cd IS NOT NULL
ORDER BY affiliate, store_rank
