-- The five main categories on which each age group spends most, over all affiliates.
-- Grain: age group and rank. Customers of unknown age are left out. Equal amounts are ranked by the category's codes.
-- Units: amounts in KRW, returns subtracted. The column percent_of_age_group is the category's part of the age group's amount, rounded half
-- up to two digits.
-- Cost: seven columns of the mart's partitions in the window, one file a month.
-- Months: change both dates. The second is the first day after the window. More or fewer ranks: change the last WHERE.
WITH categories AS (
    SELECT
        age_group,
        affiliate,
        division_cd,
        main_category_cd,
        max(main_category_desc) AS main_category_desc,
        sum(total_purchase_amount) AS amount,
        sum(count_of_purchase) AS purchases
    FROM gold.sales_by_age_product
    WHERE month >= DATE '2015-01-01'
      AND month < DATE '2016-01-01'
      AND age_group IS NOT NULL
    GROUP BY age_group, affiliate, division_cd, main_category_cd),
ranked AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY age_group
            ORDER BY amount DESC, affiliate, division_cd, main_category_cd) AS rank_in_age_group,
        round(100 * amount / nullif(sum(amount) OVER (PARTITION BY age_group), 0), 2) AS percent_of_age_group
    FROM categories)
SELECT
    age_group,
    rank_in_age_group,
    affiliate,
    division_cd,
    main_category_cd,
    main_category_desc,
    amount AS total_purchase_amount,
    purchases AS count_of_purchase,
    percent_of_age_group
FROM ranked
WHERE rank_in_age_group <= 5
ORDER BY age_group, rank_in_age_group
