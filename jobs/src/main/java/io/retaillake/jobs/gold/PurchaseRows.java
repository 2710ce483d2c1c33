package io.retaillake.jobs.gold;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Purchases that Spark reads row by row and groups, whatever files they are in.
 *
 * @param rows columns of {@code silver.purchases}
 */
record PurchaseRows(Dataset<Row> rows) implements Purchases {

    @Override
    public Dataset<Row> salesBy(List<String> keys) {
        return Measures.salesBy(rows, keys);
    }

    /** Groups receipt by receipt first. */
    @Override
    public Dataset<Row> salesAndReceiptsBy(List<String> keys) {
        return Measures.salesAndReceiptsBy(rows, keys);
    }
}
