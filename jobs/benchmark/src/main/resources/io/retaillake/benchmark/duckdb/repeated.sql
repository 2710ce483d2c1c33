-- Of the rows with a key the one is kept that is first by its other columns; amount as text tells 0.0 and -0.0 apart.
CREATE TABLE repeated AS
SELECT purchase_row
  FROM (SELECT purchase_row,
               row_number() OVER (PARTITION BY affiliate, receipt_no, division_cd, main_category_cd, sub_category_cd
                   ORDER BY customer_id NULLS LAST, store_cd NULLS LAST, purchase_date NULLS LAST, purchase_time NULLS LAST,
                            amount NULLS LAST, CAST(amount AS VARCHAR)) AS copy_of_key
          FROM judged
         WHERE valid
           AND hash(affiliate, receipt_no, division_cd, main_category_cd, sub_category_cd) IN (SELECT key_hash FROM repeated_hashes))
 WHERE copy_of_key > 1;
