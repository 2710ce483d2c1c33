package io.retaillake.jobs.gold;

import io.retaillake.common.contract.SilverTables;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.silver.PurchaseFile;
import io.retaillake.common.silver.PurchasePartition;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;

/** Purchases of tests in data files, to be grouped by columns. */
final class SilverColumns {

    private SilverColumns() {}

    /** {@code rows} in files of {@code silver.purchases}, in place of those that were there. */
    static Purchases of(Lake lake, Dataset<Row> rows) {
        Table table = lake.findOrCreate(SilverTables.PURCHASES);
        table.newDelete().deleteFromRowFilter(Expressions.alwaysTrue()).commit();
        try {
            rows.writeTo(lake.identifier(SilverTables.PURCHASES)).append();
        } catch (NoSuchTableException e) {
            throw new IllegalStateException("The table was found before", e);
        }
        return of(lake);
    }

    /** The purchases that {@code silver.purchases} has. */
    static Purchases of(Lake lake) {
        Table table = lake.find(SilverTables.PURCHASES).orElseThrow();
        return new PurchaseColumns(lake.spark(), table, partitions(table).orElseThrow());
    }

    /** The partitions that {@code table} has now, where its files can be read by columns. */
    static Optional<List<PurchasePartition>> partitions(Table table) {
        return PurchaseFile.of(table, table.currentSnapshot().snapshotId())
                .flatMap(files -> PurchasePartition.of(files, month -> true));
    }
}
