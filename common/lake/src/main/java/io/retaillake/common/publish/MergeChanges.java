package io.retaillake.common.publish;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.JobException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The changes that a batch merges into a table: which of several with one key came last is for the caller to say. */
final class MergeChanges {

    private static final String ROWS = "rows of the key";

    private MergeChanges() {}

    /**
     * Counts the changes. The message of a refusal has no key's value: it may be a person's.
     *
     * @throws JobException exit code 3 where several have the same key, or one lacks a part of it
     */
    static long requireOnePerKey(TableContract contract, Batch batch, Dataset<Row> changes, List<String> key) {
        Column[] columns = key.stream().map(column -> col("`" + column + "`")).toArray(Column[]::new);
        Column isNull = key.stream()
                .map(column -> col("`" + column + "`").isNull())
                .reduce(Column::or)
                .orElseThrow();
        Column repeated = col("`" + ROWS + "`").gt(1).and(not(isNull));
        Row counts = changes.groupBy(columns)
                .agg(count(lit(1)).as(ROWS))
                .agg(
                        total(lit(true), col("`" + ROWS + "`")),
                        total(repeated, lit(1)),
                        total(repeated, col("`" + ROWS + "`")),
                        total(isNull, col("`" + ROWS + "`")))
                .head();
        List<String> problems = new ArrayList<>();
        if (counts.getLong(1) > 0) {
            problems.add(counts.getLong(2) + " changes have " + counts.getLong(1)
                    + " keys between them, so it is not determined which of them apply");
        }
        if (counts.getLong(3) > 0) {
            problems.add(counts.getLong(3) + " changes lack a part of the key");
        }
        if (!problems.isEmpty()) {
            throw JobException.badData(batch + " can't be merged into " + contract + " by " + String.join(", ", key)
                    + ":\n- " + String.join("\n- ", problems)
                    + "\nNothing was written. The batch must have one change for each key: keep each key's last one.");
        }
        return counts.getLong(0);
    }

    private static Column total(Column where, Column value) {
        return coalesce(sum(when(where, value).otherwise(lit(0L))), lit(0L));
    }
}
