package io.retaillake.common.contract;

import static io.retaillake.common.contract.Column.optional;
import static io.retaillake.common.contract.Column.required;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import io.retaillake.common.amount.KrwAmounts;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The silver tables: purchases parsed, validated and joined; those that could not be; and places by postal area. */
public final class SilverTables {

    public static final TableContract REGIONS = new TableContract(
            Layer.SILVER,
            "regions",
            "data/factdata/silver/regions",
            "One three-digit postal area; where it has several names, they are sorted and joined by ·.",
            "우편번호 앞 세 자리 하나 (이름이 여럿이면 정렬하여 ·로 연결)",
            List.of(
                    required("short_zipcode", StringType, "First three digits of the postal code.", "우편번호 앞 세 자리"),
                    optional(
                            "province_city", StringType, "Provinces or metropolitan cities; null where unnamed.", "시도"),
                    optional("province_city_eng", StringType, "The same in English; null where unnamed.", "시도 영문"),
                    optional("city_county", StringType, "Cities, counties or districts; null where unnamed.", "시군구"),
                    optional("city_county_eng", StringType, "The same in English; null where unnamed.", "시군구 영문")),
            List.of("short_zipcode"),
            List.of(),
            Map.of());

    public static final TableContract PURCHASES = new TableContract(
            Layer.SILVER,
            "purchases",
            "data/factdata/silver/purchases",
            "One product category on one receipt, with what is known of product, customer and place.",
            "영수증의 상품 분류 한 줄 (상품·고객·지역 정보 결합)",
            columns(
                    List.of(
                            required("affiliate", StringType, "The affiliate's code, A to D.", "계열사"),
                            required("receipt_no", StringType, "Receipt number, unique within the affiliate.", "영수증번호"),
                            required("division_cd", StringType, "Code of the division.", "대분류코드"),
                            required("main_category_cd", StringType, "Code of the main category.", "중분류코드"),
                            required("sub_category_cd", StringType, "Code of the sub category.", "소분류코드"),
                            optional(
                                    "main_category_desc",
                                    StringType,
                                    "Name of the main category; null for an unknown product.",
                                    "중분류명"),
                            optional(
                                    "sub_category_desc",
                                    StringType,
                                    "Name of the sub category; null for an unknown product.",
                                    "소분류명"),
                            optional("customer_id", StringType, "The buyer; null without a membership.", "고객번호"),
                            optional("sex", StringType, "The buyer's sex, M or F; null for an unknown customer.", "성별"),
                            optional(
                                    "age_group",
                                    StringType,
                                    "The buyer's age band; null for an unknown customer.",
                                    "연령대"),
                            optional(
                                    "residence",
                                    StringType,
                                    "First three digits of the buyer's postal code; null where unknown.",
                                    "거주지 (우편번호 앞 세 자리)"),
                            optional(
                                    "province_city",
                                    StringType,
                                    "Province or metropolitan city of the residence; null where unknown.",
                                    "시도"),
                            optional(
                                    "province_city_eng",
                                    StringType,
                                    "The same in English; null where unknown.",
                                    "시도 영문"),
                            optional(
                                    "city_county",
                                    StringType,
                                    "City, county or district of the residence, several joined by ·; null where unknown.",
                                    "시군구"),
                            optional(
                                    "city_county_eng",
                                    StringType,
                                    "The same in English; null where unknown.",
                                    "시군구 영문"),
                            optional("store_cd", StringType, "The store; null where unknown.", "점포코드"),
                            required("purchase_date", DateType, "The day of the purchase, in Seoul.", "구매일자"),
                            optional(
                                    "purchase_hour",
                                    IntegerType,
                                    "Hour of the day, 0 to 23; null where the source has none.",
                                    "구매시간 (0~23시)"),
                            required("purchase_year", IntegerType, "Year of purchase_date.", "구매연도"),
                            required("purchase_month", IntegerType, "Month of purchase_date, 1 to 12.", "구매월 (1~12)"),
                            required(
                                    "amount",
                                    KrwAmounts.TYPE,
                                    "Amount in KRW; negative for a return, may be zero.",
                                    "구매금액 (원, 반품은 음수)")),
                    SourceColumns.passedToSilver().stream().map(ColumnMapping::silverColumn)),
            List.of("affiliate", "receipt_no", "division_cd", "main_category_cd", "sub_category_cd"),
            List.of(
                    PartitionField.optionalIdentity("affiliate"),
                    PartitionField.identity("purchase_year"),
                    PartitionField.identity("purchase_month")),
            Map.of());

    public static final TableContract PURCHASE_REJECTS = new TableContract(
            Layer.SILVER,
            "purchase_rejects",
            "data/factdata/silver/purchase_rejects",
            "One bronze purchase row that is not in silver.purchases: its raw columns as text, and all reasons.",
            "silver.purchases에서 제외된 원천 구매 한 줄과 그 사유",
            columns(
                    SourceColumns.PURCHASE.stream().map(SilverTables::raw).toList(),
                    Stream.of(
                            required(
                                    "reasons",
                                    createArrayType(StringType),
                                    "Why: KEY_MISSING, KEY_TOO_LONG, DATE_INVALID, AMOUNT_MISSING, AMOUNT_NOT_FINITE,"
                                            + " AMOUNT_OUT_OF_RANGE, DUPLICATE_KEY; all that apply, in this order.",
                                    "제외 사유 (해당하는 모든 사유)"),
                            required("run_id", StringType, "The run that rejected it.", "실행 이름"),
                            required(
                                    "bronze_snapshot_id",
                                    LongType,
                                    "Snapshot of bronze.purchase that holds it.",
                                    "브론즈 스냅숏"),
                            required(
                                    "source_month",
                                    StringType,
                                    "Month of the row in bronze as yyyyMM; none where its date has no real month.",
                                    "구매월 (yyyyMM, 판별 불가 시 none)"))),
            List.of(),
            List.of(PartitionField.identity("source_month")),
            Map.of());

    /** The columns of {@link #PURCHASES} that tell of the product; first those that identify it. */
    public static final List<String> PRODUCT_COLUMNS = List.of(
            "affiliate",
            "division_cd",
            "main_category_cd",
            "sub_category_cd",
            "main_category_desc",
            "sub_category_desc");

    /** The columns of {@link #PURCHASES} that tell of the customer; first the one that identifies it, on which the others depend. */
    public static final List<String> CUSTOMER_COLUMNS = List.of(
            "customer_id",
            "sex",
            "age_group",
            "residence",
            "province_city",
            "province_city_eng",
            "city_county",
            "city_county_eng");

    /** All of them, in the order of their publication. */
    public static final List<TableContract> ALL = List.of(REGIONS, PURCHASES, PURCHASE_REJECTS);

    private SilverTables() {}

    /** A column of bronze.purchase as text. */
    private static Column raw(ColumnMapping column) {
        return column.bronze().equals("amount")
                ? optional("amount", StringType, "KRW, as text; null where missing.", "구매금액 (원, 문자)")
                : optional(column.bronze(), StringType, "As extracted; null where missing.", column.koreanMeaning());
    }

    private static List<Column> columns(List<Column> first, Stream<Column> further) {
        return Stream.concat(first.stream(), further).toList();
    }
}
