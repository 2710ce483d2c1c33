package io.retaillake.common.contract;

import static io.retaillake.common.contract.Column.optional;
import static io.retaillake.common.contract.Column.required;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.util.List;
import java.util.Map;

/**
 * The bronze tables: the source's columns under the source's names and types. The dimensions have its null rules, too; all
 * that a purchase has of the source may be null, because delivered files come without the source's key. They are Avro
 * files, which land faster than Parquet, so that the source's snapshot is held for less time.
 */
public final class BronzeTables {

    /** The column of bronze.purchase that the source does not have: the month of its purchase date. */
    public static final String SOURCE_MONTH = "source_month";

    /** {@code source_month} of the rows whose purchase date does not start with a real month. */
    public static final String NO_MONTH = "none";

    /** The fact that bronze.purchase records: whether its origin can't hold a key twice, {@code true} or {@code false}. */
    public static final String KEY_ENFORCED_FACT = "key-enforced";

    /** The fact that bronze.purchase records: its totals by month and affiliate, as JSON. */
    public static final String TOTALS_FACT = "totals";

    private static final Map<String, String> AVRO =
            Map.of("write.format.default", "avro", "write.avro.compression-codec", "zstd");

    public static final TableContract CUSTOMER = new TableContract(
            Layer.BRONZE,
            "customer",
            "data/dimension/customer",
            "One customer of the group, as extracted.",
            "그룹 고객 한 명 (원천 그대로)",
            List.of(
                    required("customer_id", StringType, "The customer's group-wide number.", "고객번호"),
                    required("sex", StringType, "M or F.", "성별"),
                    required("age_group", StringType, "The age band, e.g. 30세~34세.", "연령대"),
                    optional(
                            "residence",
                            StringType,
                            "First three digits of the home's postal code; null where unknown.",
                            "거주지 (우편번호 앞 세 자리)")),
            List.of("customer_id"),
            List.of(),
            AVRO);

    public static final TableContract PRODUCTS_INFO = new TableContract(
            Layer.BRONZE,
            "products_info",
            "data/dimension/products_info",
            "One product category of an affiliate, as extracted.",
            "계열사의 상품 분류 하나 (원천 그대로)",
            List.of(
                    required("affiliate", StringType, "The affiliate's code, A to D.", "계열사"),
                    required("division_cd", StringType, "Code of the division.", "대분류코드"),
                    required("main_category_cd", StringType, "Code of the main category.", "중분류코드"),
                    required("sub_category_cd", StringType, "Code of the sub category.", "소분류코드"),
                    required("main_category_desc", StringType, "Name of the main category.", "중분류명"),
                    required("sub_category_desc", StringType, "Name of the sub category.", "소분류명")),
            List.of("affiliate", "division_cd", "main_category_cd", "sub_category_cd"),
            List.of(),
            AVRO);

    public static final TableContract ZIPCODE = new TableContract(
            Layer.BRONZE,
            "zipcode",
            "data/dimension/zipcode",
            "One city or county under a three-digit postal area, as extracted; an area can have several.",
            "우편번호 앞 세 자리와 시군구의 조합 하나 (원천 그대로)",
            List.of(
                    required("zipcode", StringType, "A postal code of the place.", "우편번호"),
                    required("province_city", StringType, "Province or metropolitan city.", "시도"),
                    required("province_city_eng", StringType, "The same in English.", "시도 영문"),
                    optional("city_county", StringType, "City, county or district; null where none.", "시군구"),
                    optional("city_county_eng", StringType, "The same in English; null where none.", "시군구 영문"),
                    optional("eup_myeon", StringType, "Township; null in cities.", "읍면"),
                    optional("eup_myeon_eng", StringType, "The same in English; null where none.", "읍면 영문"),
                    optional("road_nm", StringType, "Road name; null where unknown.", "도로명"),
                    optional("road_nm_eng", StringType, "The same in English; null where none.", "도로명 영문"),
                    required("short_zipcode", StringType, "First three digits of the postal code.", "우편번호 앞 세 자리")),
            List.of(),
            List.of(),
            AVRO);

    public static final TableContract PURCHASE = new TableContract(
            Layer.BRONZE,
            "purchase",
            "data/factdata/bronze/purchase",
            "One product category on one receipt, as extracted.",
            "영수증의 상품 분류 한 줄 (원천 그대로)",
            List.of(
                    optional("affiliate", StringType, "The affiliate's code; null only in delivered files.", "계열사"),
                    optional("receipt_no", StringType, "Receipt number; null only in delivered files.", "영수증번호"),
                    optional("division_cd", StringType, "Division code; null only in delivered files.", "대분류코드"),
                    optional(
                            "main_category_cd",
                            StringType,
                            "Main category code; null only in delivered files.",
                            "중분류코드"),
                    optional(
                            "sub_category_cd", StringType, "Sub category code; null only in delivered files.", "소분류코드"),
                    optional("customer_id", StringType, "The buyer; null without a membership.", "고객번호"),
                    optional("store_cd", StringType, "The store; null where unknown.", "점포코드"),
                    optional(
                            "purchase_date",
                            StringType,
                            "The day as text, meant to be yyyyMMdd; null where missing.",
                            "구매일자"),
                    optional(
                            "purchase_time",
                            StringType,
                            "The hour as text, meant to be 0 to 23; null where missing.",
                            "구매시간"),
                    optional(
                            "amount",
                            DoubleType,
                            "Amount in KRW, not checked, may be NaN; null where missing.",
                            "구매금액 (원)"),
                    required(
                            SOURCE_MONTH,
                            StringType,
                            "First six characters of purchase_date where they are a real yyyyMM, else none.",
                            "구매월 (yyyyMM, 판별 불가 시 none)")),
            List.of("affiliate", "receipt_no", "division_cd", "main_category_cd", "sub_category_cd"),
            List.of(PartitionField.identity("source_month")),
            AVRO);

    /** The tables that {@code ExtractDimensions} writes, in the order of their publication. */
    public static final List<TableContract> DIMENSIONS = List.of(CUSTOMER, PRODUCTS_INFO, ZIPCODE);

    /** All of them. */
    public static final List<TableContract> ALL = List.of(CUSTOMER, PRODUCTS_INFO, ZIPCODE, PURCHASE);

    private BronzeTables() {}
}
