package io.retaillake.jobs.ops.sql;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import io.retaillake.common.command.TerminalColumns;
import io.retaillake.common.sql.ResultTable;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How a query's result is printed. Only a table is held in memory. */
enum ResultFormat {
    /** Aligned columns under their names, for people. */
    TABLE(1000) {
        @Override
        void print(Dataset<Row> result, int limit, boolean whole, PrintStream out) {
            ResultTable.print(
                    result, limit, whole, TerminalColumns.ofResults(), "; --limit shows more, --format csv all", out);
        }
    },
    /** RFC 4180 with a line of names; a null is an empty field, an empty text is quoted. */
    CSV(Integer.MAX_VALUE) {
        @Override
        void print(Dataset<Row> result, int limit, boolean whole, PrintStream out) {
            if (result.schema().isEmpty()) {
                return;
            }
            out.print(csv(Arrays.asList(result.schema().fieldNames())));
            Iterator<Row> rows = ResultTable.texts(result).limit(limit).toLocalIterator();
            rows.forEachRemaining(row -> out.print(csv(ResultTable.texts(row, null))));
        }
    },
    /** One JSON object per line. */
    JSON(Integer.MAX_VALUE) {
        @Override
        void print(Dataset<Row> result, int limit, boolean whole, PrintStream out) {
            if (result.schema().isEmpty()) {
                return;
            }
            // Not Dataset.toJSON, which leaves nulls out.
            Column object = to_json(struct(col("*")), Map.of("ignoreNullFields", "false"));
            Iterator<Row> rows = result.limit(limit).select(object).toLocalIterator();
            rows.forEachRemaining(row -> out.println(row.getString(0)));
        }
    };

    private final int defaultLimit;

    ResultFormat(int defaultLimit) {
        this.defaultLimit = defaultLimit;
    }

    /** How many rows are printed unless someone says otherwise. */
    int defaultLimit() {
        return defaultLimit;
    }

    /**
     * Prints at most {@code limit} rows.
     *
     * @param whole whether a table's wide values go on in further lines rather than being cut
     */
    abstract void print(Dataset<Row> result, int limit, boolean whole, PrintStream out);

    private static String csv(List<String> values) {
        return values.stream().map(ResultFormat::csvField).collect(Collectors.joining(",", "", "\n"));
    }

    private static String csvField(String value) {
        if (value == null) {
            return "";
        }
        boolean quoted = value.isEmpty() || value.chars().anyMatch(letter -> ",\"\n\r".indexOf(letter) >= 0);
        return quoted ? '"' + value.replace("\"", "\"\"") + '"' : value;
    }
}
