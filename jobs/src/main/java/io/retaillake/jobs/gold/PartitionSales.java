package io.retaillake.jobs.gold;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.iceberg.Table;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;

/** The sales of one affiliate's month by some columns, computed by one task. */
final class PartitionSales {

    private final PurchasePartition partition;
    private final int columns;
    private final boolean withReceipts;
    private final PartitionLines lines;
    private final SalesGroups groups;

    private PartitionSales(Table table, PurchasePartition partition, List<String> columns, boolean withReceipts) {
        this.partition = partition;
        this.columns = columns.size();
        this.withReceipts = withReceipts;
        this.lines = new PartitionLines(
                table, partition, withReceipts ? Measures.keys(columns, PurchaseFile.RECEIPT) : columns);
        this.groups = new SalesGroups(columns.size());
    }

    /** Rows of affiliate, year, month, {@code columns}, total, number of lines and, where wanted, of receipts. */
    static Iterator<InternalRow> of(
            Table table, PurchasePartition partition, List<String> columns, boolean withReceipts) {
        PartitionSales sales = new PartitionSales(table, partition, columns, withReceipts);
        sales.group();
        return IntStream.range(0, sales.groups.size()).mapToObj(sales::row).iterator();
    }

    private void group() {
        int[] groupsOfRows = new int[PartitionLines.ROWS_IN_A_BATCH];
        lines.read((codes, cents, rows) ->
                groups.add(groupsOfRows, codes, withReceipts ? codes[columns] : null, cents, rows));
    }

    private InternalRow row(int group) {
        List<Object> row = new ArrayList<>();
        row.add(UTF8String.fromString(partition.affiliate()));
        row.add(partition.year());
        row.add(partition.month());
        for (int i = 0; i < columns; i++) {
            row.add(lines.value(i, groups.code(group, i)));
        }
        row.add(Decimal.apply(groups.total(group)));
        row.add(groups.lines(group));
        if (withReceipts) {
            row.add(groups.receipts(group));
        }
        return new GenericInternalRow(row.toArray());
    }
}
