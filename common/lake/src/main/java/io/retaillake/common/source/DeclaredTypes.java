package io.retaillake.common.source;

import io.retaillake.common.contract.Column;
import io.retaillake.common.contract.TableContract;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.types.DataTypes;

/**
 * The types that the source's columns were declared with when the contracts were agreed. A text of another length is still a
 * text to bronze and no reason to stop, but someone should know that it was changed.
 */
final class DeclaredTypes {

    private static final Set<String> TEXTS = Set.of("character varying", "text");
    private static final Set<String> DOUBLES = Set.of("double precision");

    /** Most letters of each text column. */
    private static final Map<String, Map<String, Integer>> TEXT_LENGTHS = Map.of(
            "customer",
            Map.of("customer_id", 10, "sex", 5, "age_group", 15, "residence", 10),
            "products_info",
            Map.of(
                    "affiliate", 5,
                    "division_cd", 10,
                    "main_category_cd", 10,
                    "sub_category_cd", 30,
                    "main_category_desc", 20,
                    "sub_category_desc", 20),
            "purchase",
            Map.of(
                    "affiliate", 5,
                    "receipt_no", 20,
                    "division_cd", 10,
                    "main_category_cd", 10,
                    "sub_category_cd", 30,
                    "customer_id", 10,
                    "store_cd", 10,
                    "purchase_date", 10,
                    "purchase_time", 5),
            "zipcode",
            Map.of(
                    "zipcode", 5,
                    "province_city", 20,
                    "province_city_eng", 30,
                    "city_county", 30,
                    "city_county_eng", 30,
                    "eup_myeon", 30,
                    "eup_myeon_eng", 30,
                    "road_nm", 30,
                    "road_nm_eng", 30,
                    "short_zipcode", 3));

    private DeclaredTypes() {}

    /** The column's type as PostgreSQL writes it, e.g. {@code character varying(10)}. */
    static String of(TableContract contract, Column column) {
        Integer length = TEXT_LENGTHS.getOrDefault(contract.name(), Map.of()).get(column.name());
        return length == null ? String.join(" or ", allowed(column)) : "character varying(" + length + ")";
    }

    /** The types without lengths that can be extracted as the contract's. */
    static Set<String> allowed(Column column) {
        return isNumber(column) ? DOUBLES : TEXTS;
    }

    /** Whether it holds numbers; the others hold strings. */
    static boolean isNumber(Column column) {
        return column.type().equals(DataTypes.DoubleType);
    }

    /** A type without its length: {@code numeric} of {@code numeric(15,2)}. */
    static String withoutLength(String type) {
        return type.replaceAll("\\([^)]*\\)", "");
    }
}
