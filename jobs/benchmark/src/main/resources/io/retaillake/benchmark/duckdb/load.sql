-- Into DuckDB's own format. No type is guessed; an unquoted empty field is NULL, a quoted one is an empty text.

CREATE TABLE customer AS
SELECT * FROM read_csv('${folder}/csv/customer.csv', auto_detect = false, header = false, delim = ',', quote = '"', escape = '"',
    nullstr = '', allow_quoted_nulls = false,
    columns = {'customer_id': 'VARCHAR', 'sex': 'VARCHAR', 'age_group': 'VARCHAR', 'residence': 'VARCHAR'});

CREATE TABLE products_info AS
SELECT * FROM read_csv('${folder}/csv/products_info.csv', auto_detect = false, header = false, delim = ',', quote = '"', escape = '"',
    nullstr = '', allow_quoted_nulls = false,
    columns = {'affiliate': 'VARCHAR', 'division_cd': 'VARCHAR', 'main_category_cd': 'VARCHAR', 'sub_category_cd': 'VARCHAR',
        'main_category_desc': 'VARCHAR', 'sub_category_desc': 'VARCHAR'});

CREATE TABLE zipcode AS
SELECT * FROM read_csv('${folder}/csv/zipcode.csv', auto_detect = false, header = false, delim = ',', quote = '"', escape = '"',
    nullstr = '', allow_quoted_nulls = false,
    columns = {'zipcode': 'VARCHAR', 'province_city': 'VARCHAR', 'province_city_eng': 'VARCHAR', 'city_county': 'VARCHAR',
        'city_county_eng': 'VARCHAR', 'eup_myeon': 'VARCHAR', 'eup_myeon_eng': 'VARCHAR', 'road_nm': 'VARCHAR',
        'road_nm_eng': 'VARCHAR', 'short_zipcode': 'VARCHAR'});

CREATE TABLE purchase AS
SELECT * FROM read_csv('${folder}/csv/purchase.csv', auto_detect = false, header = false, delim = ',', quote = '"', escape = '"',
    nullstr = '', allow_quoted_nulls = false,
    columns = {'affiliate': 'VARCHAR', 'receipt_no': 'VARCHAR', 'division_cd': 'VARCHAR', 'main_category_cd': 'VARCHAR',
        'sub_category_cd': 'VARCHAR', 'customer_id': 'VARCHAR', 'store_cd': 'VARCHAR', 'purchase_date': 'VARCHAR',
        'purchase_time': 'VARCHAR', 'amount': 'DOUBLE'});
