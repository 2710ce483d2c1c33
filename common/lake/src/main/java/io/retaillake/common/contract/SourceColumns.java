package io.retaillake.common.contract;

import static io.retaillake.common.contract.ColumnMapping.optional;
import static io.retaillake.common.contract.ColumnMapping.required;
import static io.retaillake.common.contract.SourceType.DOUBLE;
import static io.retaillake.common.contract.SourceType.varchar;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The columns that the lake takes from the source, in bronze's order; a new one is one more line at the end of its table's list. */
public final class SourceColumns {

    /** Those of {@code bronze.customer}. */
    public static final List<ColumnMapping> CUSTOMER = List.of(
            required("customer_id", varchar(10), "The customer's group-wide number.", "고객번호"),
            required("sex", varchar(5), "M or F.", "성별"),
            required("age_group", varchar(15), "The age band, e.g. 30세~34세.", "연령대"),
            optional(
                    "residence",
                    varchar(10),
                    "First three digits of the home's postal code; null where unknown.",
                    "거주지 (우편번호 앞 세 자리)"));

    /** Those of {@code bronze.products_info}. */
    public static final List<ColumnMapping> PRODUCTS_INFO = List.of(
            required("affiliate", varchar(5), "The affiliate's code, A to D.", "계열사"),
            required("division_cd", varchar(10), "Code of the division.", "대분류코드"),
            required("main_category_cd", varchar(10), "Code of the main category.", "중분류코드"),
            required("sub_category_cd", varchar(30), "Code of the sub category.", "소분류코드"),
            required("main_category_desc", varchar(20), "Name of the main category.", "중분류명"),
            required("sub_category_desc", varchar(20), "Name of the sub category.", "소분류명"));

    /** Those of {@code bronze.zipcode}. */
    public static final List<ColumnMapping> ZIPCODE = List.of(
            required("zipcode", varchar(5), "A postal code of the place.", "우편번호"),
            required("province_city", varchar(20), "Province or metropolitan city.", "시도"),
            required("province_city_eng", varchar(30), "The same in English.", "시도 영문"),
            optional("city_county", varchar(30), "City, county or district; null where none.", "시군구"),
            optional("city_county_eng", varchar(30), "The same in English; null where none.", "시군구 영문"),
            optional("eup_myeon", varchar(30), "Township; null in cities.", "읍면"),
            optional("eup_myeon_eng", varchar(30), "The same in English; null where none.", "읍면 영문"),
            optional("road_nm", varchar(30), "Road name; null where unknown.", "도로명"),
            optional("road_nm_eng", varchar(30), "The same in English; null where none.", "도로명 영문"),
            required("short_zipcode", varchar(3), "First three digits of the postal code.", "우편번호 앞 세 자리"));

    /** Those of {@code bronze.purchase}. */
    public static final List<ColumnMapping> PURCHASE = List.of(
            optional("affiliate", varchar(5), "The affiliate's code; null only in delivered files.", "계열사"),
            optional("receipt_no", varchar(20), "Receipt number; null only in delivered files.", "영수증번호"),
            optional("division_cd", varchar(10), "Division code; null only in delivered files.", "대분류코드"),
            optional("main_category_cd", varchar(10), "Main category code; null only in delivered files.", "중분류코드"),
            optional("sub_category_cd", varchar(30), "Sub category code; null only in delivered files.", "소분류코드"),
            optional("customer_id", varchar(10), "The buyer; null without a membership.", "고객번호"),
            optional("store_cd", varchar(10), "The store; null where unknown.", "점포코드"),
            optional(
                    "purchase_date", varchar(10), "The day as text, meant to be yyyyMMdd; null where missing.", "구매일자"),
            optional("purchase_time", varchar(5), "The hour as text, meant to be 0 to 23; null where missing.", "구매시간"),
            optional("amount", DOUBLE, "Amount in KRW, not checked, may be NaN; null where missing.", "구매금액 (원)"));

    private static final Map<String, List<ColumnMapping>> BY_TABLE =
            Map.of("customer", CUSTOMER, "products_info", PRODUCTS_INFO, "zipcode", ZIPCODE, "purchase", PURCHASE);

    private SourceColumns() {}

    /** Those of a table of bronze. */
    public static List<ColumnMapping> of(TableContract bronze) {
        return BY_TABLE.get(bronze.name());
    }

    /** Those of purchases that silver takes as they are. */
    public static List<ColumnMapping> passedToSilver() {
        return PURCHASE.stream().filter(ColumnMapping::isInSilver).toList();
    }

    /** All of them. */
    static Stream<ColumnMapping> all() {
        return BY_TABLE.values().stream().flatMap(List::stream);
    }
}
