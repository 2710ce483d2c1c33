package io.retaillake.common.publish;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.lake.SmallTable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * All rows of a small table whose columns are strings, in memory: what is asked of a few thousand rows is answered before Spark has
 * planned to.
 *
 * @param contract the table
 * @param rows each the strings of the contract's columns, null where there is none
 */
public record StringRows(TableContract contract, List<List<String>> rows) {

    /** Reads a snapshot. */
    public static StringRows read(TableContract contract, Table table, long snapshotId) {
        return new StringRows(
                contract,
                SmallTable.rows(table, snapshotId).stream()
                        .map(row -> texts(contract, row))
                        .toList());
    }

    private static List<String> texts(TableContract contract, Record row) {
        return Arrays.asList(contract.columnNames().stream()
                .map(column -> Objects.toString(row.getField(column), null))
                .toArray(String[]::new));
    }

    /** Some columns of all rows. */
    public List<List<String>> select(List<String> columns) {
        int[] fields =
                columns.stream().mapToInt(contract.columnNames()::indexOf).toArray();
        return rows.stream()
                .map(row ->
                        Arrays.asList(Arrays.stream(fields).mapToObj(row::get).toArray(String[]::new)))
                .toList();
    }

    /** The contract's keys that several rows have, each with their number, in the order of their first rows. */
    public Map<List<String>, Long> repeatedKeys() {
        Map<List<String>, Long> rowsByKey = new LinkedHashMap<>();
        select(contract.key()).forEach(key -> rowsByKey.merge(key, 1L, Long::sum));
        rowsByKey.values().removeIf(count -> count == 1);
        return rowsByKey;
    }

    /** The rows for Spark. */
    public Dataset<Row> frame(SparkSession spark) {
        return spark.createDataFrame(
                rows.stream().map(row -> RowFactory.create(row.toArray())).toList(), contract.schema());
    }
}
