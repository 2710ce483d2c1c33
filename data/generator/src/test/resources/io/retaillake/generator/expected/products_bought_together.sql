WITH bought AS (
    SELECT DISTINCT affiliate, month, receipt_no, division_cd, main_category_cd FROM {s}.valid_purchase WHERE amount > 0),
receipts AS (SELECT affiliate, month, count(DISTINCT receipt_no)::numeric AS number FROM bought GROUP BY affiliate, month),
singles AS (
    SELECT affiliate, month, division_cd, main_category_cd, count(*)::numeric AS number FROM bought GROUP BY 1, 2, 3, 4),
names AS (
    SELECT affiliate, month, division_cd, main_category_cd, max(main_category_desc) AS name FROM {s}.valid_purchase GROUP BY 1, 2, 3, 4),
pairs AS (
    SELECT a.affiliate, a.month, a.division_cd AS division_a, a.main_category_cd AS category_a, b.division_cd AS division_b,
           b.main_category_cd AS category_b, count(*)::numeric AS number
    FROM bought a JOIN bought b USING (affiliate, month, receipt_no)
    WHERE (a.division_cd, a.main_category_cd) < (b.division_cd, b.main_category_cd)
    GROUP BY 1, 2, 3, 4, 5, 6)
SELECT p.affiliate, p.month, p.division_a, p.category_a, na.name, p.division_b, p.category_b, nb.name,
       p.number, a.number, b.number, r.number,
       round(p.number / r.number, 6), round(p.number / a.number, 6), round(p.number / b.number, 6),
       round(p.number * r.number / (a.number * b.number), 6)
FROM pairs p
JOIN receipts r USING (affiliate, month)
JOIN singles a ON (a.affiliate, a.month, a.division_cd, a.main_category_cd) = (p.affiliate, p.month, p.division_a, p.category_a)
JOIN singles b ON (b.affiliate, b.month, b.division_cd, b.main_category_cd) = (p.affiliate, p.month, p.division_b, p.category_b)
JOIN names na ON (na.affiliate, na.month, na.division_cd, na.main_category_cd) = (p.affiliate, p.month, p.division_a, p.category_a)
JOIN names nb ON (nb.affiliate, nb.month, nb.division_cd, nb.main_category_cd) = (p.affiliate, p.month, p.division_b, p.category_b)
