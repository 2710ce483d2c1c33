package io.retaillake.jobs.gold;

import io.retaillake.common.contract.SilverTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.OverwriteFilter;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.Run;
import io.retaillake.common.purchases.PurchaseFile;
import io.retaillake.common.purchases.PurchasePart;
import io.retaillake.common.purchases.PurchaseParts;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.apache.spark.api.java.JavaSparkContext;
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
        return of(lake, parts(table, Long.MAX_VALUE / 2).orElseThrow());
    }

    /** The purchases of {@code parts}. */
    static Purchases of(Lake lake, List<PurchasePart> parts) {
        return new PurchaseColumns(
                JavaSparkContext.fromSparkContext(lake.spark().sparkContext()),
                lake.find(SilverTables.PURCHASES).orElseThrow(),
                parts);
    }

    /** The parts of about so many rows that {@code table} has now, where its files can be read by columns. */
    static Optional<List<PurchasePart>> parts(Table table, long rowsOfAPart) {
        return PurchaseFile.of(table, table.currentSnapshot().snapshotId())
                .flatMap(files -> PurchaseParts.of(files, month -> true, rowsOfAPart));
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
