package io.retaillake.common.contract;

import static io.retaillake.common.contract.Column.required;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The bronze tables: the source's columns as {@link SourceColumns} has them. The dimensions have its null rules, too; all
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
            columns(SourceColumns.CUSTOMER),
            List.of("customer_id"),
            List.of(),
            AVRO);

    public static final TableContract PRODUCTS_INFO = new TableContract(
            Layer.BRONZE,
            "products_info",
            "data/dimension/products_info",
            "One product category of an affiliate, as extracted.",
            "계열사의 상품 분류 하나 (원천 그대로)",
            columns(SourceColumns.PRODUCTS_INFO),
            List.of("affiliate", "division_cd", "main_category_cd", "sub_category_cd"),
            List.of(),
            AVRO);

    public static final TableContract ZIPCODE = new TableContract(
            Layer.BRONZE,
            "zipcode",
            "data/dimension/zipcode",
            "One city or county under a three-digit postal area, as extracted; an area can have several.",
            "우편번호 앞 세 자리와 시군구의 조합 하나 (원천 그대로)",
            columns(SourceColumns.ZIPCODE),
            List.of(),
            List.of(),
            AVRO);

    public static final TableContract PURCHASE = new TableContract(
            Layer.BRONZE,
            "purchase",
            "data/factdata/bronze/purchase",
            "One product category on one receipt, as extracted.",
            "영수증의 상품 분류 한 줄 (원천 그대로)",
            columns(
                    SourceColumns.PURCHASE,
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

    private static List<Column> columns(List<ColumnMapping> mappings, Column... further) {
        return Stream.concat(mappings.stream().map(ColumnMapping::bronzeColumn), Stream.of(further))
                .toList();
    }
}
