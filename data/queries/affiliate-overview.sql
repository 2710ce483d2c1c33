-- Each affiliate in figures: customers, purchases, receipts, amount, and averages per customer and per purchase.
-- Grain: affiliate and month. Month is null for the whole period that the lake holds.
-- Units: amounts in KRW, returns subtracted, count_of_purchase in purchase lines. Customers are members, lines without one count
-- as purchases, not for the averages per customer. Averages are rounded half up to two digits.
-- Cost: the whole mart, one small file.
-- Months: change both dates. The second is the first day after the window. The whole period's rows are always there.
SELECT
    affiliate,
    month,
    count_of_customer,
    count_of_purchase,
    count_of_receipt,
    total_purchase_amount,
    purchases_per_customer,
    average_amount_per_purchase,
    average_amount_per_customer
FROM gold.affiliate_overview
WHERE month IS NULL
   OR (month >= DATE '2015-01-01' AND month < DATE '2016-01-01')
ORDER BY affiliate, month NULLS LAST
