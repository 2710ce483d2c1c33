package io.retaillake.jobs.gold;

import io.retaillake.common.contract.SilverTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.OverwriteFilter;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.Run;
import io.retaillake.common.purchases.PurchaseFile;
import io.retaillake.common.purchases.PurchasePartition;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;

/** Purchases of tests in data files, to be read by columns, and marts made of them. */
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

    /** The rows of a monthly mart that {@code purchases} make, as they are when they are read again. */
    static Dataset<Row> sales(Lake lake, TableContract mart, Purchases purchases) {
        Run run = new Run("t-" + UUID.randomUUID(), "Sales", new TreeMap<>());
        Publication.run(lake, run, List.of(mart), publication -> {
            purchases.writeSales(publication, mart, OverwriteFilter.everything());
            publication.publish(List.of(), List.of());
        });
        Table table = lake.find(mart).orElseThrow();
        return lake.read(mart, table.currentSnapshot().snapshotId());
    }
}
