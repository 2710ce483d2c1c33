package io.retaillake.local;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every row of every table of a lake as a line of text, alike for two lakes that hold the same. */
final class LakeContent {

    /** The columns that differ between two lakes with the same content, by table. */
    private static final Map<String, String> DIFFERENT = Map.of("silver.purchase_rejects", "bronze_snapshot_id");

    private static final List<String> TABLES = Stream.of(
                    Stream.of("customer", "products_info", "zipcode", "purchase")
                            .map(name -> "bronze." + name),
                    Stream.of("regions", "purchases", "purchase_rejects").map(name -> "silver." + name),
                    SalesFigures.marts().stream().map(name -> "gold." + name))
            .flatMap(tables -> tables)
            .toList();

    private LakeContent() {}

    /** A query for the lake whose one column holds all rows, and the successes in the record of runs. */
    static String query() {
        Map<String, String> queries = new LinkedHashMap<>();
        for (String table : TABLES) {
            String columns = DIFFERENT.containsKey(table) ? "* EXCEPT (" + DIFFERENT.get(table) + ")" : "*";
            queries.put(
                    table,
                    "SELECT concat('%s ', to_json(struct(%s), map('ignoreNullFields', 'false'))) AS line FROM %s"
                            .formatted(table, columns, table));
        }
        return queries.values().stream()
                .collect(Collectors.joining("\nUNION ALL\n", "", "\nUNION ALL\n" + successes()));
    }

    /** A query for the lake whose one column holds run and job of every success in the record of runs. */
    static String successes() {
        return "SELECT concat_ws(' ', 'ops.job_runs', run_id, job) AS line FROM ops.job_runs WHERE status = 'SUCCEEDED'";
    }
}
