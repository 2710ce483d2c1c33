package io.retaillake.common.sql;

import static org.apache.spark.sql.functions.col;

import io.retaillake.common.command.TextTable;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/** A statement's result as aligned columns under their names, for people. */
public final class ResultTable {

    private ResultTable() {}

    /**
     * Prints at most {@code limit} rows, which are held in memory.
     *
     * @param whole whether wide values go on in further lines; else they are cut
     * @param columns the width of the terminal, where each row that is wider has a block of lines; 0 for none
     * @param more what to say after "... and more rows"
     */
    public static void print(Dataset<Row> result, int limit, boolean whole, int columns, String more, PrintStream out) {
        StructType schema = result.schema();
        if (schema.isEmpty()) {
            out.println("done");
            return;
        }
        // One more than is shown tells that there are more.
        List<Row> rows = texts(result).limit(limit + 1).collectAsList();
        List<List<String>> cells = new ArrayList<>();
        rows.stream().limit(limit).forEach(row -> cells.add(texts(row, "null")));
        List<String> names = List.of(schema.fieldNames());
        List<String> lines = whole
                ? TextTable.wholeLines(names, numeric(schema), cells)
                : TextTable.fittingLines(names, numeric(schema), cells, columns);
        lines.forEach(out::println);
        if (rows.size() > limit) {
            out.println("... and more rows" + more);
        } else {
            out.println("(" + rows.size() + (rows.size() == 1 ? " row)" : " rows)"));
        }
    }

    /** Which columns are numbers, and so aligned to the right. */
    public static boolean[] numeric(StructType schema) {
        boolean[] numeric = new boolean[schema.size()];
        for (int column = 0; column < numeric.length; column++) {
            numeric[column] = schema.apply(column).dataType() instanceof NumericType;
        }
        return numeric;
    }

    /** Every column as Spark writes it as text; the names are made unique, for a query may repeat one. */
    public static Dataset<Row> texts(Dataset<Row> result) {
        String[] names = IntStream.range(0, result.schema().size())
                .mapToObj(column -> "c" + column)
                .toArray(String[]::new);
        return result.toDF(names)
                .select(Arrays.stream(names)
                        .map(name -> col(name).cast("string"))
                        .toArray(Column[]::new));
    }

    public static List<String> texts(Row row, String nullText) {
        List<String> values = new ArrayList<>();
        for (int column = 0; column < row.size(); column++) {
            values.add(row.isNullAt(column) ? nullText : row.getString(column));
        }
        return values;
    }
}
