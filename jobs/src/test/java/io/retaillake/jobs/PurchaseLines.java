package io.retaillake.jobs;

import static io.retaillake.jobs.BadValue.RESIDENCE;
import static org.apache.spark.sql.functions.col;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** One purchase line for each bad value, usual but for it; told apart by its store, or by its receipt where the store is bad. */
final class PurchaseLines {

    private static final String USUAL_CUSTOMER = "00001";

    private final Map<String, BadValue> values;

    private PurchaseLines(Map<String, BadValue> values) {
        this.values = values;
    }

    static PurchaseLines of(Collection<BadValue> values) {
        Map<String, BadValue> numbered = new LinkedHashMap<>();
        for (BadValue value : values) {
            numbered.put(String.format("K%04d", numbered.size() + 1), value);
        }
        return new PurchaseLines(numbered);
    }

    /** What tells the value's line from the others. */
    String id(BadValue value) {
        return values.entrySet().stream()
                .filter(entry -> entry.getValue().equals(value))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    List<String> rejectedIds() {
        return values.entrySet().stream()
                .filter(entry -> !entry.getValue().isKept())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The source's rows, in the order of its columns. */
    List<List<String>> purchases() {
        List<List<String>> rows = new ArrayList<>();
        values.forEach((id, value) -> rows.add(new ArrayList<>(raw(id, value).values())));
        return rows;
    }

    /** The customers that these purchases name and the source knows. */
    List<List<String>> customers() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(USUAL_CUSTOMER, "F", "30세~34세", "010"));
        values.forEach((id, value) -> {
            if (value.column().equals(RESIDENCE)) {
                rows.add(Stream.of(id, "F", "30세~34세", value.value()).toList());
            }
        });
        return rows;
    }

    private static Map<String, String> raw(String id, BadValue value) {
        Map<String, String> row = usual(id);
        if (value.column().equals(RESIDENCE)) {
            row.put("customer_id", id);
        } else {
            row.put(value.column(), value.value());
        }
        return row;
    }

    private static Map<String, String> usual(String id) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("affiliate", "B");
        row.put("receipt_no", id);
        row.put("division_cd", "1");
        row.put("main_category_cd", "119");
        row.put("sub_category_cd", "B1191001");
        row.put("customer_id", USUAL_CUSTOMER);
        row.put("store_cd", id);
        row.put("purchase_date", "20150203");
        row.put("purchase_time", "10");
        row.put("amount", "1000");
        return row;
    }

    /** The row of {@code silver.purchases} of a line that is usual throughout. */
    Map<String, String> usualPurchase(String id) {
        return purchase(usual(id), Map.of());
    }

    /** The row of {@code silver.purchases} that a kept value must become. */
    Map<String, String> expectedPurchase(BadValue value) {
        Map<String, String> differences = new TreeMap<>(value.silver());
        if (value.column().equals(RESIDENCE)) {
            differences.put("residence", value.value());
        }
        return purchase(raw(id(value), value), differences);
    }

    private static Map<String, String> purchase(Map<String, String> raw, Map<String, String> differences) {
        Map<String, String> row = new TreeMap<>(raw);
        row.remove("purchase_time");
        row.putAll(Map.of("main_category_desc", "과일", "sub_category_desc", "사과", "sex", "F", "age_group", "30세~34세"));
        row.putAll(Map.of("residence", "010", "province_city", "서울특별시", "province_city_eng", "Seoul"));
        row.putAll(Map.of("city_county", "강북구", "city_county_eng", "Gangbuk-gu", "purchase_hour", "10"));
        row.putAll(Map.of("purchase_date", "2015-02-03", "amount", "1000.00"));
        row.putAll(differences);
        LocalDate date = LocalDate.parse(row.get("purchase_date"));
        row.put("purchase_year", Integer.toString(date.getYear()));
        row.put("purchase_month", Integer.toString(date.getMonthValue()));
        return row;
    }

    /** What a rejected value's row must have in {@code silver.purchase_rejects}: all raw strings, and its reasons. */
    Map<String, String> expectedReject(BadValue value) {
        Map<String, String> row = raw(id(value), value);
        row.compute("amount", (name, amount) -> amount == null ? null : Double.toString(Double.parseDouble(amount)));
        row.put("reasons", value.reasons().toString());
        return row;
    }

    /** The rows of a table by the value that they hold, each with its cells as text. */
    Map<String, Map<String, String>> byId(Dataset<Row> table) {
        Map<String, Map<String, String>> rows = new TreeMap<>();
        // As text, because java.sql.Date follows another calendar before 1582.
        Dataset<Row> read =
                table.withColumn("purchase_date", col("purchase_date").cast("string"));
        for (Row row : read.collectAsList()) {
            Map<String, String> cells = new TreeMap<>();
            for (String name : row.schema().fieldNames()) {
                cells.put(name, text(row, name));
            }
            String store = cells.get("store_cd");
            String id = values.containsKey(String.valueOf(store)) ? store : cells.get("receipt_no");
            if (!values.containsKey(id) || rows.put(id, cells) != null) {
                throw new IllegalStateException("Not one row of its own: " + cells);
            }
        }
        return rows;
    }

    private static String text(Row row, String name) {
        int index = row.fieldIndex(name);
        if (row.isNullAt(index)) {
            return null;
        }
        return name.equals("reasons") ? row.getList(index).toString() : Objects.toString(row.get(index));
    }
}
