WITH bought AS (
    SELECT affiliate, receipt_no, division_cd, main_category_cd, max(amount) AS amount
    FROM {s}.valid_purchase WHERE month = '2015-12-01' AND amount > 0 GROUP BY 1, 2, 3, 4),
singles AS (SELECT affiliate, division_cd, main_category_cd, count(*)::numeric AS n FROM bought GROUP BY 1, 2, 3),
receipts AS (SELECT affiliate, count(DISTINCT receipt_no)::numeric AS n FROM bought GROUP BY 1),
names AS (
    SELECT affiliate, division_cd, main_category_cd, max(main_category_desc) AS name
    FROM {s}.valid_purchase WHERE month = '2015-12-01' GROUP BY 1, 2, 3),
pairs AS (
    SELECT a.affiliate, a.division_cd AS da, a.main_category_cd AS ca, b.division_cd AS db, b.main_category_cd AS cb, count(*)::numeric AS n
    FROM bought a JOIN bought b USING (affiliate, receipt_no)
    WHERE (a.division_cd, a.main_category_cd) < (b.division_cd, b.main_category_cd)
    GROUP BY 1, 2, 3, 4, 5 HAVING count(*) >= 5),
measured AS (
    SELECT p.*, round(p.n / a.n, 6) AS ab, round(p.n / b.n, 6) AS ba, round(p.n * r.n / (a.n * b.n), 6) AS lift
    FROM pairs p JOIN receipts r USING (affiliate)
    JOIN singles a ON (a.affiliate, a.division_cd, a.main_category_cd) = (p.affiliate, p.da, p.ca)
    JOIN singles b ON (b.affiliate, b.division_cd, b.main_category_cd) = (p.affiliate, p.db, p.cb)),
ranked AS (SELECT *, rank() OVER (PARTITION BY affiliate ORDER BY lift DESC, da, ca, db, cb) AS lift_rank FROM measured)
SELECT affiliate, lift_rank, ca AS main_category_cd_a,
       (SELECT name FROM names x WHERE (x.affiliate, x.division_cd, x.main_category_cd) = (r.affiliate, r.da, r.ca)) AS main_category_desc_a,
       cb AS main_category_cd_b,
       (SELECT name FROM names x WHERE (x.affiliate, x.division_cd, x.main_category_cd) = (r.affiliate, r.db, r.cb)) AS main_category_desc_b,
       n::bigint AS count_of_receipt_both, ab AS confidence_a_to_b, ba AS confidence_b_to_a, lift
FROM ranked r WHERE lift_rank <= 20 ORDER BY 1, 2
