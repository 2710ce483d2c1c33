package io.retaillake.common.contract;

import static java.util.Map.entry;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/** A value of each column as an analyst may see it, for the data dictionary. */
public final class Examples {

    /** Where a table's differ from those of columns with the same name. */
    private static final Map<String, String> OF_TABLES = Map.ofEntries(
            entry("bronze.purchase.purchase_date", "20151224"),
            entry("bronze.purchase.amount", "12500.0"),
            entry("bronze.zipcode.city_county", "강남구"),
            entry("bronze.zipcode.city_county_eng", "Gangnam-gu"),
            entry("silver.purchase_rejects.purchase_date", "20150229"),
            entry("silver.purchase_rejects.amount", "NaN"));

    private static final Map<String, String> OF_COLUMNS = Map.ofEntries(
            entry("affiliate", "A"),
            entry("age_group", "30세~34세"),
            entry("amount", "12500.00"),
            entry("arguments", "{\"window\":\"2015-12..2015-12\"}"),
            entry("average_amount_per_customer", "24798414.40"),
            entry("average_amount_per_purchase", "73278.15"),
            entry(
                    "checks",
                    "[{\"name\":\"count: gold.sales_by_product = silver.purchases\",\"expected\":\"57486\",\"actual\":\"57486\",\"passed\":true}]"),
            entry("bronze_snapshot_id", "6252499610543876270"),
            entry("city_county", "강남구·서초구"),
            entry("city_county_eng", "Gangnam-gu·Seocho-gu"),
            entry("count_of_customer", "16948"),
            entry("count_of_purchase", "128"),
            entry("count_of_receipt", "42"),
            entry("customer_id", "10042"),
            entry("day_of_week", "4"),
            entry("division_cd", "2"),
            entry("duration_seconds", "66.5"),
            entry("ended_at", "2015-12-16 01:01:07"),
            entry("error", "PostgreSQL refused the user or the password"),
            entry("eup_myeon", "기장읍"),
            entry("eup_myeon_eng", "Gijang-eup"),
            entry("facts", "{\"amount\":\"1328465880.49\",\"count\":\"57486\",\"rows\":\"28982\"}"),
            entry("inputs", "{\"silver.purchases\":\"8865075272268718177\"}"),
            entry("job", "SalesByProduct"),
            entry("main_category_cd", "203"),
            entry("main_category_desc", "과일"),
            entry("month", "2015-12-01"),
            entry("outputs", "{\"gold.sales_by_product\":6252499610543876270}"),
            entry("province_city", "서울특별시"),
            entry("province_city_eng", "Seoul"),
            entry("purchase_date", "2015-12-24"),
            entry("purchase_hour", "19"),
            entry("purchase_month", "12"),
            entry("purchase_time", "19"),
            entry("purchase_year", "2015"),
            entry("purchases_per_customer", "338.43"),
            entry("reasons", "[DATE_INVALID, AMOUNT_NOT_FINITE]"),
            entry("receipt_no", "8664000"),
            entry("residence", "061"),
            entry("road_nm", "테헤란로"),
            entry("road_nm_eng", "Teheran-ro"),
            entry("run_id", "monthly-2015-12"),
            entry("sex", "F"),
            entry("short_zipcode", "061"),
            entry("source_month", "201512"),
            entry("started_at", "2015-12-16 01:00:00"),
            entry("status", "SUCCEEDED"),
            entry("store_cd", "43"),
            entry("sub_category_cd", "A020301"),
            entry("sub_category_desc", "사과"),
            entry("total_purchase_amount", "1280500.00"),
            entry("window", "2015-12..2015-12"),
            entry("zipcode", "06134"));

    private Examples() {}

    /** A column's example; blank where none is known, which a test forbids. */
    public static String of(TableContract table, Column column) {
        if (!column.example().isBlank()) {
            return column.example();
        }
        return Optional.ofNullable(OF_TABLES.get(table.qualifiedName() + "." + column.name()))
                .or(() -> Optional.ofNullable(OF_COLUMNS.get(column.name())))
                .or(() -> SourceColumns.all()
                        .filter(mapping -> mapping.bronze().equals(column.name()))
                        .map(mapping -> mapping.example().orElse(ofType(mapping.type())))
                        .findFirst())
                .orElse("");
    }

    /** A value of the type; blank for a text, of which it tells nothing. */
    private static String ofType(SourceType type) {
        return switch (type.kind()) {
            case TEXT -> "";
            case DOUBLE -> "0.25";
            case NUMERIC -> BigDecimal.ONE.setScale(type.scale()).toPlainString();
            case DATE -> "2015-12-24";
            case TIMESTAMP, TIMESTAMP_WITH_TIME_ZONE -> "2015-12-24 19:05:00.123456";
            case BIGINT, INTEGER, SMALLINT -> "42";
            case BOOLEAN -> "true";
            case UUID -> "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
        };
    }
}
