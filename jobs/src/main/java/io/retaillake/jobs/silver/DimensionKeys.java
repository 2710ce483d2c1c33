package io.retaillake.jobs.silver;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.JobException;
import io.retaillake.common.publish.Check;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Proves that a join with a dimension can't multiply rows: no two of its rows have the same key. */
final class DimensionKeys {

    private static final int MOST_NAMED_KEYS = 5;

    private DimensionKeys() {}

    /**
     * The passed check that the contract's key is unique in {@code rows}.
     *
     * @throws JobException exit code 3 when it is not, with some of the repeated keys
     */
    static Check requireUnique(TableContract contract, Dataset<Row> rows) {
        List<String> key = contract.key();
        Column[] columns = key.stream().map(name -> col(name)).toArray(Column[]::new);
        Dataset<Row> repeated = rows.groupBy(columns)
                .agg(count(lit(1)).as("rows"))
                .where(col("rows").gt(1));
        long repeatedKeys = repeated.count();
        Check check =
                Check.equal(contract + ": keys (" + String.join(", ", key) + ") of several rows", 0L, repeatedKeys);
        if (!check.passed()) {
            List<String> examples = repeated.orderBy(columns).limit(MOST_NAMED_KEYS).collectAsList().stream()
                    .map(Row::toString)
                    .toList();
            throw JobException.badData(
                    contract + " has " + repeatedKeys + " keys (" + String.join(", ", key)
                            + ") with several rows, which would multiply purchases; e.g. [key, rows]: "
                            + String.join(" ", examples)
                            + "\nNothing was published. Remove the repeated rows in the source and extract the dimensions again.");
        }
        return check;
    }
}
