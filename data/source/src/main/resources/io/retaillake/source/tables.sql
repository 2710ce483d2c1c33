-- The source's four tables as they are loaded: without keys, which constraints.sql adds afterwards.
-- ${schema} stands for the quoted name of the schema.

CREATE TABLE ${schema}.customer (
    customer_id varchar(10) NOT NULL,
    sex         varchar(5)  NOT NULL,
    age_group   varchar(15) NOT NULL,
    residence   varchar(10)
);
COMMENT ON TABLE  ${schema}.customer             IS '고객 정보 데이터';
COMMENT ON COLUMN ${schema}.customer.customer_id IS '고객번호';
COMMENT ON COLUMN ${schema}.customer.sex         IS '성별';
COMMENT ON COLUMN ${schema}.customer.age_group   IS '연령대';
COMMENT ON COLUMN ${schema}.customer.residence   IS '거주지역 (우편번호 앞 세 자리)';

CREATE TABLE ${schema}.products_info (
    affiliate          varchar(5)  NOT NULL,
    division_cd        varchar(10) NOT NULL,
    main_category_cd   varchar(10) NOT NULL,
    sub_category_cd    varchar(30) NOT NULL,
    main_category_desc varchar(20) NOT NULL,
    sub_category_desc  varchar(20) NOT NULL
);
COMMENT ON TABLE  ${schema}.products_info                    IS '상품 분류 데이터';
COMMENT ON COLUMN ${schema}.products_info.affiliate          IS '계열사';
COMMENT ON COLUMN ${schema}.products_info.division_cd        IS '대분류코드';
COMMENT ON COLUMN ${schema}.products_info.main_category_cd   IS '중분류코드';
COMMENT ON COLUMN ${schema}.products_info.sub_category_cd    IS '소분류코드';
COMMENT ON COLUMN ${schema}.products_info.main_category_desc IS '중분류명';
COMMENT ON COLUMN ${schema}.products_info.sub_category_desc  IS '소분류명';

CREATE TABLE ${schema}.purchase (
    affiliate        varchar(5)  NOT NULL,
    receipt_no       varchar(20) NOT NULL,
    division_cd      varchar(10) NOT NULL,
    main_category_cd varchar(10) NOT NULL,
    sub_category_cd  varchar(30) NOT NULL,
    customer_id      varchar(10),
    store_cd         varchar(10),
    purchase_date    varchar(10),
    purchase_time    varchar(5),
    amount           double precision
);
COMMENT ON TABLE  ${schema}.purchase                  IS '구매 데이터';
COMMENT ON COLUMN ${schema}.purchase.affiliate        IS '계열사';
COMMENT ON COLUMN ${schema}.purchase.receipt_no       IS '영수증번호';
COMMENT ON COLUMN ${schema}.purchase.division_cd      IS '대분류코드';
COMMENT ON COLUMN ${schema}.purchase.main_category_cd IS '중분류코드';
COMMENT ON COLUMN ${schema}.purchase.sub_category_cd  IS '소분류코드';
COMMENT ON COLUMN ${schema}.purchase.customer_id      IS '고객번호';
COMMENT ON COLUMN ${schema}.purchase.store_cd         IS '점포코드';
COMMENT ON COLUMN ${schema}.purchase.purchase_date    IS '구매일자 (yyyyMMdd)';
COMMENT ON COLUMN ${schema}.purchase.purchase_time    IS '구매시간 (시)';
COMMENT ON COLUMN ${schema}.purchase.amount           IS '구매금액 (원)';

CREATE TABLE ${schema}.zipcode (
    zipcode           varchar(5)  NOT NULL,
    province_city     varchar(20) NOT NULL,
    province_city_eng varchar(30) NOT NULL,
    city_county       varchar(30),
    city_county_eng   varchar(30),
    eup_myeon         varchar(30),
    eup_myeon_eng     varchar(30),
    road_nm           varchar(30),
    road_nm_eng       varchar(30),
    short_zipcode     varchar(3)  NOT NULL
);
COMMENT ON TABLE  ${schema}.zipcode                   IS '우편번호 데이터';
COMMENT ON COLUMN ${schema}.zipcode.zipcode           IS '우편번호';
COMMENT ON COLUMN ${schema}.zipcode.province_city     IS '시도';
COMMENT ON COLUMN ${schema}.zipcode.province_city_eng IS '시도 영문';
COMMENT ON COLUMN ${schema}.zipcode.city_county       IS '시군구';
COMMENT ON COLUMN ${schema}.zipcode.city_county_eng   IS '시군구 영문';
COMMENT ON COLUMN ${schema}.zipcode.eup_myeon         IS '읍면';
COMMENT ON COLUMN ${schema}.zipcode.eup_myeon_eng     IS '읍면 영문';
COMMENT ON COLUMN ${schema}.zipcode.road_nm           IS '도로명';
COMMENT ON COLUMN ${schema}.zipcode.road_nm_eng       IS '도로명 영문';
COMMENT ON COLUMN ${schema}.zipcode.short_zipcode     IS '우편번호 앞 세 자리';
