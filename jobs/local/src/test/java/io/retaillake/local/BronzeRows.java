package io.retaillake.local;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Every column of every row of bronze, once as the lake has it and once as the source has it. */
final class BronzeRows {

    private static final Map<String, String> COLUMNS = new LinkedHashMap<>();

    static {
        COLUMNS.put("customer", "customer_id, sex, age_group, residence");
        COLUMNS.put(
                "products_info",
                "affiliate, division_cd, main_category_cd, sub_category_cd, main_category_desc, sub_category_desc");
        COLUMNS.put(
                "zipcode",
                "zipcode, province_city, province_city_eng, city_county, city_county_eng, eup_myeon, eup_myeon_eng,"
                        + " road_nm, road_nm_eng, short_zipcode");
        COLUMNS.put(
                "purchase",
                "affiliate, receipt_no, division_cd, main_category_cd, sub_category_cd, customer_id, store_cd,"
                        + " purchase_date, purchase_time, amount");
    }

    /** The month that a purchase belongs to, in PostgreSQL's words. */
    private static final String SOURCE_MONTH =
            "CASE WHEN left(purchase_date, 6) ~ '^[0-9]{4}(0[1-9]|1[0-2])$' AND left(purchase_date, 4) <> '0000'"
                    + " THEN left(purchase_date, 6) ELSE 'none' END";

    private BronzeRows() {}

    /** A query for the lake whose one column holds all rows. */
    static String inLake() {
        return COLUMNS.entrySet().stream()
                .map(table -> "SELECT concat_ws('|', '" + table.getKey() + "', "
                        + table.getValue()
                                .replaceAll(
                                        "(\\w+)", "coalesce(cast($1 as string), '" + IntegrationSource.NOTHING + "')")
                        + (table.getKey().equals("purchase") ? ", source_month" : "")
                        + ") AS line FROM bronze." + table.getKey())
                .collect(Collectors.joining("\nUNION ALL\n"));
    }

    /**
     * The rows that bronze must have.
     *
     * @param purchases the table or query in {@code source} that holds the purchases
     */
    static List<String> expected(IntegrationSource source, String purchases) throws SQLException {
        List<String> rows = new ArrayList<>();
        for (var table : COLUMNS.entrySet()) {
            boolean isPurchase = table.getKey().equals("purchase");
            rows.addAll(source.lines("SELECT '" + table.getKey() + "', " + table.getValue()
                    + (isPurchase ? ", " + SOURCE_MONTH : "")
                    + " FROM " + (isPurchase ? purchases : "{s}." + table.getKey()) + " t"));
        }
        return rows;
    }
}
