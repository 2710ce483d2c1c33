package io.retaillake.jobs.gold;

import io.retaillake.common.amount.CentsSum;
import io.retaillake.common.parquet.ColumnValues;
import io.retaillake.common.parquet.TextNumbers;
import java.time.YearMonth;
import java.util.BitSet;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.spark.unsafe.types.UTF8String;

/** The overview's figures of one affiliate's month, computed by one task. */
final class PartitionFigures {

    private static final int CUSTOMER = 0;
    private static final int RECEIPT = 1;

    private final BitSet customers = new BitSet();
    private final BitSet receipts = new BitSet();
    private final CentsSum amount = new CentsSum();
    private final CentsSum customersAmount = new CentsSum();
    private long lines;
    private long customerLines;

    private PartitionFigures() {}

    /** @param knownReceipts the number of receipts; null where they are to be counted */
    static OverviewFigures of(Table table, PurchasePartition partition, Long knownReceipts) {
        boolean withReceipts = knownReceipts == null;
        PartitionLines lines = new PartitionLines(
                table, partition, withReceipts ? List.of("customer_id", PurchaseFile.RECEIPT) : List.of("customer_id"));
        PartitionFigures figures = new PartitionFigures();
        lines.read((codes, cents, rows) -> {
            figures.addSales(codes[CUSTOMER], cents, rows);
            if (withReceipts) {
                figures.addReceipts(codes[RECEIPT], rows);
            }
        });
        return new OverviewFigures(
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
            if (codes[row] != ColumnValues.NULL) {
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

    private TextNumbers customers(PartitionLines lines) {
        TextNumbers ids = new TextNumbers();
        customers.stream().forEach(code -> ids.add((UTF8String) lines.value(CUSTOMER, code)));
        return ids;
    }
}
