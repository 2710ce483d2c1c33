package io.retaillake.jobs.bronze;

import static io.retaillake.common.contract.BronzeTables.PURCHASE;

import io.retaillake.common.amount.CentsSum;
import io.retaillake.common.amount.KrwAmounts;
import io.retaillake.common.purchases.PurchaseFilePart;
import io.retaillake.common.purchases.PurchaseFileRows;
import io.retaillake.common.purchases.PurchaseTotals;
import io.retaillake.common.purchases.Totals;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.spark.source.SerializableTableWithSize;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/** Totals what is in files of {@code bronze.purchase}, as {@link BronzeTotals} does, from the files' bytes. */
final class MonthFileTotals {

    private static final int AFFILIATE = PURCHASE.columnNames().indexOf("affiliate");
    private static final int AMOUNT = PURCHASE.columnNames().indexOf("amount");
    private static final int MONTH = PURCHASE.columnNames().indexOf(SourceMonth.COLUMN);

    private MonthFileTotals() {}

    /**
     * Totals all rows of the files that a scan finds, a task for each file; nothing where they can't be read as they are. Fails where a
     * file is not what the table says of it.
     */
    static Optional<PurchaseTotals> of(SparkSession spark, Table table, TableScan scan) {
        return PurchaseFilePart.wholeFiles(table, scan).map(files -> of(spark, table, files));
    }

    private static PurchaseTotals of(SparkSession spark, Table table, List<PurchaseFilePart> files) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        Broadcast<Table> shared = context.broadcast(SerializableTableWithSize.copyOf(table));
        try {
            PurchaseTotals totals = PurchaseTotals.empty();
            context.parallelize(files, Math.max(1, files.size()))
                    .map(file -> of(file, shared.value()).toJson())
                    .collect()
                    .forEach(json -> PurchaseTotals.fromJson(json)
                            .byMonth()
                            .forEach((month, affiliates) ->
                                    affiliates.forEach((affiliate, of) -> totals.add(month, affiliate, of))));
            return totals;
        } finally {
            shared.destroy();
        }
    }

    private static PurchaseTotals of(PurchaseFilePart file, Table table) throws IOException {
        UTF8String month = UTF8String.fromString(file.month());
        // Affiliates are few, and rows of one often follow each other.
        Map<UTF8String, Sum> sums = new HashMap<>();
        Sum sum = null;
        PurchaseFileRows rows = new PurchaseFileRows(table, file);
        while (rows.hasNext()) {
            InternalRow row = rows.next();
            if (!month.equals(row.getUTF8String(MONTH))) {
                throw new IOException("A row of " + file.location() + ", the file of " + month + ", is of "
                        + row.getUTF8String(MONTH));
            }
            // The totals know a null affiliate by the empty text.
            UTF8String next = row.isNullAt(AFFILIATE) ? UTF8String.EMPTY_UTF8 : row.getUTF8String(AFFILIATE);
            if (sum == null || !next.equals(sum.affiliate)) {
                sum = sums.get(next);
                if (sum == null) {
                    sum = new Sum(next.copy());
                    sums.put(sum.affiliate, sum);
                }
            }
            sum.add(row.isNullAt(AMOUNT), row.isNullAt(AMOUNT) ? 0 : row.getDouble(AMOUNT));
        }
        PurchaseTotals totals = PurchaseTotals.empty();
        sums.forEach((name, of) -> totals.add(file.month(), name.toString(), of.totals()));
        return totals;
    }

    /** Totals that rows are added to. */
    private static final class Sum {

        private final UTF8String affiliate;
        private long rows;
        private long nullAmounts;
        private long nanAmounts;
        private long infiniteAmounts;
        private long outOfRangeAmounts;
        private final CentsSum cents = new CentsSum();

        Sum(UTF8String affiliate) {
            this.affiliate = affiliate;
        }

        void add(boolean isNull, double amount) {
            rows++;
            if (isNull) {
                nullAmounts++;
                return;
            }
            Long amountCents = KrwAmounts.cents(amount);
            if (amountCents != null) {
                cents.add(amountCents);
            } else if (Double.isNaN(amount)) {
                nanAmounts++;
            } else if (Double.isInfinite(amount)) {
                infiniteAmounts++;
            } else {
                outOfRangeAmounts++;
            }
        }

        Totals totals() {
            return new Totals(rows, nullAmounts, nanAmounts, infiniteAmounts, outOfRangeAmounts, cents.won());
        }
    }
}
