package io.retaillake.jobs.gold;

import io.retaillake.common.purchases.PartitionLines;
import io.retaillake.common.purchases.PurchaseFile;
import io.retaillake.common.purchases.PurchasePartition;
import java.util.List;
import org.apache.iceberg.Table;

/**
 * The sales of one affiliate's month by the columns of a mart, computed by one task.
 *
 * @param keys the columns
 * @param lines what was read, {@code keys} first
 */
record PartitionSales(PurchasePartition partition, List<String> keys, PartitionLines lines, SalesGroups groups) {

    /** Reads {@code silver}. Costs memory for the groups and, where they are counted, the receipts. */
    static PartitionSales of(Table silver, PurchasePartition partition, MartColumns columns) {
        List<String> keys = columns.keys();
        boolean withReceipts = columns.withReceipts();
        PartitionLines lines =
                new PartitionLines(silver, partition, withReceipts ? Measures.keys(keys, PurchaseFile.RECEIPT) : keys);
        SalesGroups groups = new SalesGroups(keys.size());
        int[] groupsOfLines = new int[PartitionLines.ROWS_IN_A_BATCH];
        lines.forEachBatch((codes, cents, rows) ->
                groups.add(groupsOfLines, codes, withReceipts ? codes[keys.size()] : null, cents, rows));
        return new PartitionSales(partition, keys, lines, groups);
    }
}
