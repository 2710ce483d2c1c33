package io.retaillake.jobs.ops.sql;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;

import io.retaillake.common.command.TextTable;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/** How a query's result is printed. Only a table is held in memory. */
enum ResultFormat {
    /** Aligned columns under their names, for people; wide values are cut. */
    TABLE(1000) {
        @Override
        void print(Dataset<Row> result, int limit, PrintStream out) {
            if (result.schema().isEmpty()) {
                out.println("done");
                return;
            }
            // One more than is shown tells that there are more.
            List<Row> rows = texts(result).limit(limit + 1).collectAsList();
            StructType schema = result.schema();
            boolean[] numeric = new boolean[schema.size()];
            for (int column = 0; column < numeric.length; column++) {
                numeric[column] = schema.apply(column).dataType() instanceof NumericType;
            }
            List<List<String>> cells = new ArrayList<>();
            rows.stream().limit(limit).forEach(row -> cells.add(texts(row, "null")));
            TextTable.lines(List.of(schema.fieldNames()), numeric, cells).forEach(out::println);
            if (rows.size() > limit) {
                out.println("... and more rows; --limit shows more, --format csv all");
            } else {
                out.println("(" + rows.size() + (rows.size() == 1 ? " row)" : " rows)"));
            }
        }
    },
    /** RFC 4180 with a line of names; a null is an empty field, an empty text is quoted. */
    CSV(Integer.MAX_VALUE) {
        @Override
        void print(Dataset<Row> result, int limit, PrintStream out) {
            out.print(csv(Arrays.asList(result.schema().fieldNames())));
            Iterator<Row> rows = texts(result).limit(limit).toLocalIterator();
            rows.forEachRemaining(row -> out.print(csv(texts(row, null))));
        }
    },
    /** One JSON object per line. */
    JSON(Integer.MAX_VALUE) {
        @Override
        void print(Dataset<Row> result, int limit, PrintStream out) {
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

    /** Prints at most {@code limit} rows. */
    abstract void print(Dataset<Row> result, int limit, PrintStream out);

    /** Every column as Spark writes it as text; the names are made unique, for a query may repeat one. */
    private static Dataset<Row> texts(Dataset<Row> result) {
        String[] names = IntStream.range(0, result.schema().size())
                .mapToObj(column -> "c" + column)
                .toArray(String[]::new);
        return result.toDF(names)
                .select(Arrays.stream(names)
                        .map(name -> col(name).cast("string"))
                        .toArray(Column[]::new));
    }

    private static List<String> texts(Row row, String nullText) {
        List<String> values = new ArrayList<>();
        for (int column = 0; column < row.size(); column++) {
            values.add(row.isNullAt(column) ? nullText : row.getString(column));
        }
        return values;
    }

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
