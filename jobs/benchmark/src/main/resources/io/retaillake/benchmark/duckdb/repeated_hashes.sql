-- Where the source lets keys repeat: usually none does, and then no hash either.
CREATE TABLE repeated_hashes AS
SELECT hash(affiliate, receipt_no, division_cd, main_category_cd, sub_category_cd) AS key_hash
  FROM judged
 WHERE valid
 GROUP BY key_hash
HAVING count(*) > 1;
