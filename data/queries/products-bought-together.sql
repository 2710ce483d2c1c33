-- Which main categories an affiliate's customers buy on one receipt more often than chance would have it.
-- Grain: affiliate and pair of main categories in one month, each pair once, with the twenty highest lifts of those that at least
-- 5 receipts have. Returns and gifts are left out. Equal lifts are ranked by the categories' codes.
-- Units: receipts, confidence and lift as in the table, rounded half up to six digits.
-- Cost: twelve columns of one file.
-- Months: change the date, the first day of the month. More pairs, or more receipts: change the numbers.
WITH ranked AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY affiliate
            ORDER BY lift DESC, division_cd_a, main_category_cd_a, division_cd_b, main_category_cd_b) AS lift_rank
    FROM gold.products_bought_together
    WHERE month = DATE '2015-12-01' AND count_of_receipt_both >= 5)
SELECT
    affiliate,
    lift_rank,
    main_category_cd_a,
    main_category_desc_a,
    main_category_cd_b,
    main_category_desc_b,
    count_of_receipt_both,
    confidence_a_to_b,
    confidence_b_to_a,
    lift
FROM ranked
WHERE lift_rank <= 20
ORDER BY affiliate, lift_rank
