package io.retaillake.jobs.silver;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import io.retaillake.common.contract.SilverTables;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What is known of products, customers and places, as every task that builds {@code silver.purchases} has it in memory: texts in
 * UTF-8, null where unknown.
 *
 * @param products one row each, the texts of {@link #PRODUCT_COLUMNS}
 * @param customers one row each, the texts of {@link SilverTables#CUSTOMER_COLUMNS}
 */
record Dimensions(List<byte[][]> products, List<byte[][]> customers) implements Serializable {

    /** The columns of {@code silver.purchases} that tell of the product; first those that identify it. */
    static final List<String> PRODUCT_COLUMNS = List.of(
            "affiliate",
            "division_cd",
            "main_category_cd",
            "sub_category_cd",
            "main_category_desc",
            "sub_category_desc");

    /** The column of {@code silver.purchases} that tells of the store, of which nothing else is known. */
    static final List<String> STORE_COLUMNS = List.of("store_cd");

    /** Reads the three dimensions, of which products and customers must have unique keys, and {@code regions} one row an area. */
    static Dimensions of(Dataset<Row> products, Dataset<Row> customers, Dataset<Row> regions) {
        Dataset<Row> placed =
                customers.join(broadcast(regions), col("residence").equalTo(col("short_zipcode")), "left");
        return new Dimensions(texts(products, PRODUCT_COLUMNS), texts(placed, SilverTables.CUSTOMER_COLUMNS));
    }

    private static List<byte[][]> texts(Dataset<Row> rows, List<String> columns) {
        Column[] selected = columns.stream().map(name -> col(name)).toArray(Column[]::new);
        return rows.select(selected).collectAsList().stream()
                .map(row -> IntStream.range(0, columns.size())
                        .mapToObj(i -> row.isNullAt(i) ? null : row.getString(i).getBytes(StandardCharsets.UTF_8))
                        .toArray(byte[][]::new))
                .toList();
    }
}
