package io.retaillake.jobs.gold;

import io.retaillake.common.amount.CentsSum;
import io.retaillake.common.columnar.ColumnDictionary;
import io.retaillake.common.purchases.PartLines;
import io.retaillake.common.purchases.PurchaseFile;
import io.retaillake.common.purchases.PurchasePart;
import io.retaillake.common.purchases.SharedReceiptCodes;
import io.retaillake.common.purchases.SharedReceipts;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import scala.Tuple2;

/** The overview's measures of one affiliate's month, or of a part of it, computed by one task. */
final class PartOverview {

    private static final long SEED = 42;
    private static final int CUSTOMER = 0;
    private static final int RECEIPT = 1;

    private final PurchasePart part;
    private final ColumnDictionary customerIds;
    private final ColumnDictionary receiptNumbers;
    private final SharedReceiptCodes shared;
    private final BitSet customers = new BitSet();
    private final BitSet receipts = new BitSet();
    private final CentsSum amount = new CentsSum();
    private final CentsSum customersAmount = new CentsSum();
    private long lines;
    private long customerLines;

    private PartOverview(
            PurchasePart part, ColumnDictionary customerIds, ColumnDictionary receiptNumbers, SharedReceipts shared) {
        this.part = part;
        this.customerIds = customerIds;
        this.receiptNumbers = receiptNumbers;
        this.shared = shared.codes(part.affiliate(), receiptNumbers);
    }

    /**
     * Reads a part. Costs memory for its customers and receipts.
     *
     * @param shared receipts that it can't count by itself
     */
    static PartOverview of(Table table, PurchasePart part, boolean withReceipts, SharedReceipts shared) {
        PartLines lines = new PartLines(
                table, part, withReceipts ? List.of("customer_id", PurchaseFile.RECEIPT) : List.of("customer_id"));
        PartOverview figures = new PartOverview(
                part,
                lines.values().get(CUSTOMER),
                withReceipts ? lines.values().get(RECEIPT) : new ColumnDictionary(),
                shared);
        lines.forEachBatch((codes, cents, rows) -> {
            figures.addSales(codes[CUSTOMER], cents, rows);
            if (withReceipts) {
                figures.addReceipts(codes[RECEIPT], rows);
            }
        });
        return figures;
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

    /**
     * What the part knows by itself, and, divided among so many shards by their hashes, the customers, and the receipts that
     * other parts may have as well. Blocks are made one after the other, each with its shard's number.
     */
    Stream<Tuple2<Integer, OverviewBlock>> blocks(int shards) {
        BitSet uncounted = (BitSet) receipts.clone();
        uncounted.and(shared.known());
        OverviewMeasures measures = new OverviewMeasures(
                part.affiliate(),
                part.affiliateMonth().month(),
                lines,
                amount.won(),
                customerLines,
                customersAmount.won(),
                receipts.cardinality() - uncounted.cardinality(),
                0);
        int[] shardsOfCustomers = shardsOf(customers, customerIds, shards);
        int[] shardsOfReceipts = shardsOf(uncounted, receiptNumbers, shards);
        return IntStream.range(0, shards)
                .mapToObj(shard -> new Tuple2<>(
                        shard,
                        new OverviewBlock(
                                part.affiliateMonth(),
                                shard == 0 ? measures : null,
                                some(customers, customerIds, shardsOfCustomers, shard),
                                some(uncounted, receiptNumbers, shardsOfReceipts, shard))));
    }

    private static int[] shardsOf(BitSet codes, ColumnDictionary values, int shards) {
        return codes.stream()
                .map(code -> (int) Long.remainderUnsigned(values.hash(code, SEED), shards))
                .toArray();
    }

    private static ColumnDictionary some(BitSet codes, ColumnDictionary values, int[] shardsOfCodes, int shard) {
        ColumnDictionary some = new ColumnDictionary();
        int[] position = {0};
        codes.stream().filter(code -> shardsOfCodes[position[0]++] == shard).forEach(code -> some.codeOf(values, code));
        return some;
    }
}
