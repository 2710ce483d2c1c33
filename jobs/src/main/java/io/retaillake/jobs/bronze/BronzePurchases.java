package io.retaillake.jobs.bronze;

import static io.retaillake.common.contract.BronzeTables.PURCHASE;
import static org.apache.spark.sql.functions.col;

import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.Seal;
import io.retaillake.common.purchases.PurchaseTotals;
import io.retaillake.common.run.Progress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Writes, proves and publishes {@code bronze.purchase}, wherever its rows come from. */
final class BronzePurchases {

    private final Lake lake;
    private final Publication publication;

    BronzePurchases(Lake lake, Publication publication) {
        this.lake = lake;
        this.publication = publication;
    }

    /** The totals of what is published; from its summary, or by a scan where another tool wrote last. */
    PurchaseTotals totalsBefore() {
        Optional<Table> table = lake.find(PURCHASE);
        if (table.isEmpty() || table.get().currentSnapshot() == null) {
            return PurchaseTotals.empty();
        }
        return publication
                .before(PURCHASE)
                .map(seal -> PurchaseTotals.fromJson(seal.facts().get(BronzeTables.TOTALS_FACT)))
                .orElseGet(() -> BronzeTotals.of(
                        lake.read(PURCHASE, table.get().currentSnapshot().snapshotId())));
    }

    /** Writes {@code purchases} in place of {@code scope}, for {@link #publish} to show to readers. */
    void write(Dataset<Row> purchases, PurchaseScope scope) {
        publication.write(
                PURCHASE,
                purchases.select(
                        PURCHASE.columnNames().stream().map(name -> col(name)).toArray(Column[]::new)),
                scope.replacement());
    }

    /** The same with the data files that {@code writer} makes of the table. */
    void writeFiles(Function<Table, List<DataFile>> writer, PurchaseScope scope) {
        publication.writeFiles(PURCHASE, writer, scope.replacement());
    }

    /**
     * Publishes what was written if it has the totals of {@code origin} in {@code scope}.
     *
     * @param origin totals of where the rows come from, other months included
     * @param keyIsEnforced whether the origin can't hold a key twice
     */
    void publish(PurchaseScope scope, PurchaseTotals origin, boolean keyIsEnforced, Progress progress) {
        PurchaseTotals before = totalsBefore();
        PurchaseTotals expected = origin.only(scope);
        progress.step("check " + PURCHASE, expected.sum().rows());
        PurchaseTotals landed = landed(scope);
        progress.processed(landed.sum().rows());
        PurchaseTotals after = scope.isAll() ? landed : before.with(scope.months(), landed);
        publication.recordFact(BronzeTables.TOTALS_FACT, after.toJson());
        publication.recordFact("rows", landed.sum().rows());
        publication.recordFact("amount", landed.sum().amount().toPlainString());
        publication.recordFact("source_rows", expected.sum().rows());
        publication.recordFact("source_amount", expected.sum().amount().toPlainString());
        publication.recordFact("total_rows", after.sum().rows());
        publication.recordFact(
                BronzeTables.KEY_ENFORCED_FACT, keyIsEnforced && (scope.isAll() || wasEnforcedBefore(before)));
        publication.publish(expected.checksAgainst(PURCHASE + " = its origin", landed), List.of());
    }

    private PurchaseTotals landed(PurchaseScope scope) {
        Table table = lake.find(PURCHASE).orElseThrow();
        return MonthFileTotals.of(
                        lake.spark(),
                        table,
                        table.newScan()
                                .useSnapshot(publication.writtenSnapshotId(PURCHASE))
                                .filter(scope.rowFilter()))
                .orElseGet(() -> BronzeTotals.of(publication.written(PURCHASE).where(scope.condition())));
    }

    private boolean wasEnforcedBefore(PurchaseTotals before) {
        return before.byMonth().isEmpty()
                || publication
                        .before(PURCHASE)
                        .map(Seal::facts)
                        .map(facts -> Boolean.parseBoolean(facts.get(BronzeTables.KEY_ENFORCED_FACT)))
                        .orElse(false);
    }
}
