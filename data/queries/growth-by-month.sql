-- Growth of each affiliate's sales against the month before and against the same month a year before.
-- Grain: affiliate and month. Units: amounts in KRW. Growth in percent of the earlier amount, rounded half up to two digits. Null
-- where the lake has no such month, or its amount is not above zero.
-- Cost: three columns of one small file.
-- Months: change both dates in the last WHERE. The second is the first day after the window.
WITH months AS (
    SELECT affiliate, month, total_purchase_amount AS amount
    FROM gold.affiliate_overview
    WHERE month IS NOT NULL)
SELECT
    this.affiliate,
    this.month,
    this.amount AS total_purchase_amount,
    before.amount AS amount_month_before,
    CASE WHEN before.amount > 0 THEN 100 * (this.amount - before.amount) / before.amount END
        AS growth_on_month_percent,
    year_before.amount AS amount_year_before,
    CASE WHEN year_before.amount > 0 THEN 100 * (this.amount - year_before.amount) / year_before.amount END
        AS growth_on_year_percent
FROM months AS this
LEFT JOIN months AS before
    ON before.affiliate = this.affiliate AND before.month = date_add('month', -1, this.month)
LEFT JOIN months AS year_before
    ON year_before.affiliate = this.affiliate AND year_before.month = date_add('month', -12, this.month)
WHERE this.month >= DATE '2015-01-01'
  AND this.month < DATE '2016-01-01'
ORDER BY this.affiliate, this.month
