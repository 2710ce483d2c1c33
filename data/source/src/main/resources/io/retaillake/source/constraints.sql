-- Keys and the foreign key, one statement per line: added after a load, when an index is built in one sort.
ALTER TABLE ${schema}.customer ADD CONSTRAINT customer_pkey PRIMARY KEY (customer_id);
ALTER TABLE ${schema}.products_info ADD CONSTRAINT products_info_pkey PRIMARY KEY (affiliate, division_cd, main_category_cd, sub_category_cd);
ALTER TABLE ${schema}.purchase ADD CONSTRAINT purchase_pkey PRIMARY KEY (affiliate, receipt_no, division_cd, main_category_cd, sub_category_cd);
ALTER TABLE ${schema}.purchase ADD CONSTRAINT purchase_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES ${schema}.customer (customer_id);
