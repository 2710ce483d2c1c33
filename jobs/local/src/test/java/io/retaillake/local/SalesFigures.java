package io.retaillake.local;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Every mart, row for row, once as the lake has it and once as PostgreSQL works it out from the source by SQL of its own.
 * Rows are JSON objects, which both write alike.
 */
final class SalesFigures {

    private static final String AMOUNT_AND_COUNT =
            "sum(amount) AS total_purchase_amount, count(*) AS count_of_purchase";
    private static final String RECEIPTS = "count(DISTINCT receipt_no) AS count_of_receipt";

    /** By the mart's name, its rows out of {@code {p}}, the source's valid purchases. */
    private static final Map<String, String> QUERIES = new TreeMap<>(Map.of(
            "sales_by_datetime",
            """
            SELECT affiliate, purchase_date, extract(isodow FROM purchase_date)::int AS day_of_week, purchase_hour, %s, %s
            FROM {p} GROUP BY affiliate, purchase_date, purchase_hour""".formatted(AMOUNT_AND_COUNT, RECEIPTS),
            "sales_by_product",
            """
            SELECT affiliate, month, division_cd, main_category_cd, sub_category_cd, main_category_desc,
                   sub_category_desc, %s
            FROM {p} GROUP BY 1, 2, 3, 4, 5, 6, 7""".formatted(AMOUNT_AND_COUNT),
            "sales_by_age_product",
            """
            SELECT affiliate, month, division_cd, main_category_cd, sub_category_cd, main_category_desc,
                   sub_category_desc, age_group, %s
            FROM {p} GROUP BY 1, 2, 3, 4, 5, 6, 7, 8""".formatted(AMOUNT_AND_COUNT),
            "sales_by_residence",
            "SELECT affiliate, month, province_city, city_county, %s FROM {p} GROUP BY 1, 2, 3, 4"
                    .formatted(AMOUNT_AND_COUNT),
            "sales_by_customer",
            """
            SELECT customer_id, affiliate, month, min(sex) AS sex, min(age_group) AS age_group,
                   min(residence) AS residence, min(province_city) AS province_city,
                   min(province_city_eng) AS province_city_eng, min(city_county) AS city_county,
                   min(city_county_eng) AS city_county_eng, %s, %s
            FROM {p} GROUP BY 1, 2, 3""".formatted(AMOUNT_AND_COUNT, RECEIPTS),
            "affiliate_overview",
            """
            SELECT affiliate, month, count(DISTINCT customer_id) AS count_of_customer, count(*) AS count_of_purchase, %s,
                   sum(amount) AS total_purchase_amount,
                   round(count(customer_id)::numeric / nullif(count(DISTINCT customer_id), 0), 2)
                       AS purchases_per_customer,
                   round(avg(amount), 2) AS average_amount_per_purchase,
                   round(sum(amount) FILTER (WHERE customer_id IS NOT NULL)
                         / nullif(count(DISTINCT customer_id), 0), 2) AS average_amount_per_customer
            FROM {p} GROUP BY GROUPING SETS ((affiliate, month), (affiliate))""".formatted(RECEIPTS)));

    /**
     * The rows of {@code {t}} that silver must keep, with their attributes. Dates are looked up in a calendar, invisible
     * characters are taken out, and each postal area has one row.
     */
    private static final String VALID_PURCHASES = """
            WITH area AS (
                SELECT short_zipcode,
                       string_agg(DISTINCT province_city::text COLLATE "C", '·' ORDER BY province_city::text COLLATE "C")
                           AS province_city,
                       string_agg(DISTINCT province_city_eng::text COLLATE "C", '·' ORDER BY province_city_eng::text COLLATE "C")
                           AS province_city_eng,
                       string_agg(DISTINCT nullif(city_county, '')::text COLLATE "C", '·'
                                  ORDER BY nullif(city_county, '')::text COLLATE "C") AS city_county,
                       string_agg(DISTINCT nullif(city_county_eng, '')::text COLLATE "C", '·'
                                  ORDER BY nullif(city_county_eng, '')::text COLLATE "C") AS city_county_eng
                FROM {s}.zipcode GROUP BY short_zipcode),
            calendar AS (
                SELECT day::date AS day, to_char(day, 'YYYYMMDD') AS text
                FROM generate_series(timestamp '1990-01-01', timestamp '2030-12-31', interval '1 day') AS day)
            SELECT p.affiliate, p.receipt_no, p.division_cd, p.main_category_cd, p.sub_category_cd,
                   i.main_category_desc, i.sub_category_desc, p.customer_id, c.sex, c.age_group, c.residence,
                   a.province_city, a.province_city_eng, a.city_county, a.city_county_eng,
                   d.day AS purchase_date, date_trunc('month', d.day)::date AS month,
                   CASE WHEN p.purchase_time ~ '^([0-9]|[01][0-9]|2[0-3]|([01][0-9]|2[0-3]):[0-5][0-9])$'
                        THEN split_part(p.purchase_time, ':', 1)::int END AS purchase_hour,
                   round(p.amount::text::numeric, 2) AS amount
            FROM {t} p
            JOIN calendar d ON d.text = p.purchase_date
            LEFT JOIN {s}.products_info i USING (affiliate, division_cd, main_category_cd, sub_category_cd)
            LEFT JOIN {s}.customer c USING (customer_id)
            LEFT JOIN area a ON a.short_zipcode = c.residence
            WHERE CASE WHEN p.amount IS NULL OR p.amount IN ('NaN', 'Infinity', '-Infinity') THEN false
                       ELSE abs(round(p.amount::text::numeric, 2)) <= 9999999999999.99 END
              AND (SELECT bool_and(translate(key, E' \\t\\u3000\\u200b', '') <> '') FROM unnest(ARRAY[
                   p.affiliate, p.receipt_no, p.division_cd, p.main_category_cd, p.sub_category_cd]) AS key)""";

    private static final String IN_LAKE =
            "SELECT to_json(struct('%1$s' AS mart, *), map('ignoreNullFields', 'false')) AS line FROM gold.%1$s";

    private SalesFigures() {}

    /** The marts' names. */
    static List<String> marts() {
        return List.copyOf(QUERIES.keySet());
    }

    /** A query for the lake whose one column holds these marts' rows. */
    static String inLake(List<String> marts) {
        return marts.stream().map(IN_LAKE::formatted).collect(Collectors.joining("\nUNION ALL\n"));
    }

    /**
     * The rows that these marts must have.
     *
     * @param purchases the table or query in {@code source} that holds the purchases
     */
    static List<String> expected(IntegrationSource source, String purchases, List<String> marts) throws SQLException {
        collectValidPurchases(source, purchases);
        String query = marts.stream()
                .map(mart -> "SELECT row_to_json(m)::text FROM (SELECT '" + mart + "' AS mart, q.* FROM ("
                        + QUERIES.get(mart).replace("{p}", "{s}.valid_purchase") + ") q) m")
                .collect(Collectors.joining("\nUNION ALL\n"));
        return source.lines(query);
    }

    /** Makes the table in {@code source} of the valid purchases, joined to what is known of them. */
    static void collectValidPurchases(IntegrationSource source, String purchases) throws SQLException {
        source.execute(
                "DROP TABLE IF EXISTS {s}.valid_purchase",
                "CREATE TABLE {s}.valid_purchase AS " + VALID_PURCHASES.replace("{t}", purchases),
                "ANALYZE {s}.valid_purchase");
    }

    private static final List<String> PURCHASE_COLUMNS = List.of(
            "affiliate",
            "receipt_no",
            "division_cd",
            "main_category_cd",
            "sub_category_cd",
            "main_category_desc",
            "sub_category_desc",
            "customer_id",
            "sex",
            "age_group",
            "residence",
            "province_city",
            "city_county",
            "purchase_date",
            "purchase_hour",
            "amount");

    /** A query for the lake whose one column holds the valid purchases' rows. */
    static String validPurchasesInLake() {
        return "SELECT to_json(struct(" + String.join(", ", PURCHASE_COLUMNS)
                + "), map('ignoreNullFields', 'false')) AS line FROM silver.purchases";
    }

    /** The rows that these must be, after {@link #collectValidPurchases}. */
    static List<String> expectedValidPurchases(IntegrationSource source) throws SQLException {
        return source.lines("SELECT row_to_json(v)::text FROM (SELECT " + String.join(", ", PURCHASE_COLUMNS)
                + " FROM {s}.valid_purchase) v");
    }
}
