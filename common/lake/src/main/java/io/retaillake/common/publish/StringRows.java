package io.retaillake.common.publish;

import io.retaillake.common.contract.TableContract;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * All rows of a small table whose columns are strings, in memory.
 *
 * @param contract the table
 * @param rows each the strings of the contract's columns, null where there is none
 */
public record StringRows(TableContract contract, List<List<String>> rows) {

    /** Some columns of all rows. */
    public List<List<String>> select(List<String> columns) {
        int[] fields =
                columns.stream().mapToInt(contract.columnNames()::indexOf).toArray();
        return rows.stream()
                .map(row ->
                        Arrays.asList(Arrays.stream(fields).mapToObj(row::get).toArray(String[]::new)))
                .toList();
    }

    /** The rows for Spark. */
    public Dataset<Row> frame(SparkSession spark) {
        return spark.createDataFrame(
                rows.stream().map(row -> RowFactory.create(row.toArray())).toList(), contract.schema());
    }
}
