package io.retaillake.jobs.gold;

import io.retaillake.common.amount.CentsSum;
import io.retaillake.common.columnar.ColumnDictionary;
import io.retaillake.common.columnar.StringDictionary;
import io.retaillake.common.purchases.PartitionLines;
import io.retaillake.common.purchases.PurchaseFile;
import io.retaillake.common.purchases.PurchasePartition;
import java.time.YearMonth;
import java.util.BitSet;
import java.util.List;
import org.apache.iceberg.Table;

/** The overview's measures of one affiliate's month, computed by one task. */
final class PartitionOverview {

    private static final int CUSTOMER = 0;
    private static final int RECEIPT = 1;

    private final BitSet customers = new BitSet();
    private final BitSet receipts = new BitSet();
    private final CentsSum amount = new CentsSum();
    private final CentsSum customersAmount = new CentsSum();
    private long lines;
    private long customerLines;

    private PartitionOverview() {}

    /** @param knownReceipts the number of receipts; null where they are to be counted */
    static OverviewMeasures of(Table table, PurchasePartition partition, Long knownReceipts) {
        boolean withReceipts = knownReceipts == null;
        PartitionLines lines = new PartitionLines(
                table, partition, withReceipts ? List.of("customer_id", PurchaseFile.RECEIPT) : List.of("customer_id"));
        PartitionOverview figures = new PartitionOverview();
        lines.forEachBatch((codes, cents, rows) -> {
            figures.addSales(codes[CUSTOMER], cents, rows);
            if (withReceipts) {
                figures.addReceipts(codes[RECEIPT], rows);
            }
        });
        return new OverviewMeasures(
                partition.affiliate(),
                YearMonth.of(partition.year(), partition.month()),
                figures.lines,
                figures.amount.won(),
                figures.customerLines,
                figures.customersAmount.won(),
                withReceipts ? figures.receipts.cardinality() : knownReceipts,
                figures.customers(lines));
    }

    private void addSales(int[] codes, long[] cents, int rows) {
        for (int row = 0; row < rows; row++) {
            amount.add(cents[row]);
            if (codes[row] != ColumnDictionary.NULL) {
                customers.set(codes[row]);
                customersAmount.add(cents[row]);
                customerLines++;
            }
        }
        lines += rows;
    }

    private void addReceipts(int[] codes, int rows) {
        for (int row = 0; row < rows; row++) {
            receipts.set(codes[row]);
        }
    }

    private StringDictionary customers(PartitionLines lines) {
        StringDictionary ids = new StringDictionary();
        customers.stream().forEach(code -> ids.add(lines.values(CUSTOMER).text(code)));
        return ids;
    }
}
