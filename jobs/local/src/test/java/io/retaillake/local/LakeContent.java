package io.retaillake.local;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every row of every table of a lake as a line of text, alike for two lakes that hold the same. */
final class LakeContent {

    /** What of a line differs between two lakes with the same content: the bronze that a reject was found in. */
    private static final String DIFFERENT = "\"bronze_snapshot_id\":[0-9]+";

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
        return TABLES.stream()
                .map(table ->
                        "SELECT concat('%1$s ', regexp_replace(to_json(struct(*), map('ignoreNullFields', 'false')), '%2$s', '')) AS line FROM %1$s"
                                .formatted(table, DIFFERENT))
                .collect(Collectors.joining("\nUNION ALL\n", "", "\nUNION ALL\n" + successes()));
    }

    /** A query for the lake whose one column holds run and job of every success in the record of runs, and the table that it is about. */
    static String successes() {
        return "SELECT concat_ws(' ', 'ops.job_runs', run_id, job, get_json_object(arguments, '$.table')) AS line"
                + " FROM ops.job_runs WHERE status = 'SUCCEEDED'";
    }

    /** A query for the lake whose one column holds the versions that successes in the record of runs have published. */
    static String outputs() {
        return "SELECT outputs AS line FROM ops.job_runs WHERE status = 'SUCCEEDED'";
    }
}
