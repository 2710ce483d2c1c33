package io.retaillake.jobs;

import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.publish.StringRows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** A row of a table in the making: a test starts from a usual one and changes the cells that matter to it. */
public final class Cells {

    private final TableContract contract;
    private final Map<String, Object> values;

    private Cells(TableContract contract, Map<String, Object> values) {
        this.contract = contract;
        this.values = values;
    }

    /** A row with all its cells, in the contract's order. */
    public static Cells of(TableContract contract, Object... cells) {
        List<String> names = contract.columnNames();
        if (cells.length != names.size()) {
            throw new IllegalArgumentException(contract + " has the columns " + names + ", not " + cells.length);
        }
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < cells.length; i++) {
            values.put(names.get(i), cells[i]);
        }
        return new Cells(contract, values);
    }

    /** A line of {@code bronze.purchase} that silver accepts beside {@link TestLake#publishSampleDimensions}; {@code date} as {@code yyyyMMdd}. */
    public static Cells purchase(String receipt, String date, double amount) {
        return of(
                BronzeTables.PURCHASE,
                "B",
                receipt,
                "1",
                "119",
                "B1191001",
                "00001",
                "B1001",
                date,
                "10",
                amount,
                date.substring(0, 6));
    }

    /** The same row but for one cell. */
    public Cells with(String column, Object value) {
        if (!values.containsKey(column)) {
            throw new IllegalArgumentException(contract + " has no column " + column);
        }
        Map<String, Object> changed = new HashMap<>(values);
        changed.put(column, value);
        return new Cells(contract, changed);
    }

    /** A cell's value. */
    public Object get(String column) {
        return values.get(column);
    }

    /** {@code rows} as a frame of so many partitions; one partition keeps their order. */
    public static Dataset<Row> frame(SparkSession spark, TableContract contract, int partitions, List<Cells> rows) {
        List<Row> data = rows.stream().map(Cells::row).toList();
        // Not a local relation, which Spark would compute while it optimizes.
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        return spark.createDataFrame(context.parallelize(data, partitions), contract.schema());
    }

    /** {@code rows} of a table whose columns are all strings, in memory. */
    public static StringRows texts(TableContract contract, Cells... rows) {
        return new StringRows(
                contract,
                Stream.of(rows)
                        .map(row -> contract.columnNames().stream()
                                .map(name -> (String) row.values.get(name))
                                .collect(Collectors.toList()))
                        .toList());
    }

    /** {@code rows} as a frame of one partition. */
    public static Dataset<Row> frame(SparkSession spark, TableContract contract, Cells... rows) {
        return frame(spark, contract, 1, Stream.of(rows).toList());
    }

    private Row row() {
        return RowFactory.create(
                contract.columnNames().stream().map(values::get).toArray());
    }
}
