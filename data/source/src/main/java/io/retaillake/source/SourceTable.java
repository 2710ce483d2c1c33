package io.retaillake.source;

import java.util.List;
import java.util.Locale;

/** The source's four tables, in the order in which they can be filled. */
public enum SourceTable {
    CUSTOMER("customer_id", "sex", "age_group", "residence"),
    PRODUCTS_INFO(
            "affiliate",
            "division_cd",
            "main_category_cd",
            "sub_category_cd",
            "main_category_desc",
            "sub_category_desc"),
    ZIPCODE(
            "zipcode",
            "province_city",
            "province_city_eng",
            "city_county",
            "city_county_eng",
            "eup_myeon",
            "eup_myeon_eng",
            "road_nm",
            "road_nm_eng",
            "short_zipcode"),
    PURCHASE(
            "affiliate",
            "receipt_no",
            "division_cd",
            "main_category_cd",
            "sub_category_cd",
            "customer_id",
            "store_cd",
            "purchase_date",
            "purchase_time",
            "amount");

    private final String columnList;

    SourceTable(String... columns) {
        columnList = String.join(", ", columns);
    }

    /** The table's name in the database. */
    public String tableName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The columns' names, in the table's order. */
    public List<String> columns() {
        return List.of(columnList.split(", ", -1));
    }

    /** Schema and table, quoted. */
    public String in(String schema) {
        return SqlScript.quoted(schema) + "." + SqlScript.quoted(tableName());
    }

    /** The statement that takes rows in PostgreSQL's text format, in UTF-8. */
    public String copyStatement(String schema) {
        return "COPY " + in(schema) + " (" + columnList + ") FROM STDIN WITH (ENCODING 'UTF8')";
    }
}
