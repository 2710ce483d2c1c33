package io.retaillake.jobs.gold;

import io.retaillake.common.parquet.CodeColumn;
import io.retaillake.common.parquet.ColumnValues;
import io.retaillake.common.parquet.LongColumn;
import io.retaillake.common.parquet.ParquetColumns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.spark.TaskContext;
import org.apache.spark.executor.InputMetrics;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;

/** The sales of one affiliate's month by some columns, computed by one task. */
final class PartitionSales {

    private static final int ROWS_IN_A_BATCH = 8192;
    private static final String RECEIPT = "receipt_no";

    private final Table table;
    private final PurchasePartition partition;
    private final List<String> columns;
    private final boolean withReceipts;
    private final List<ColumnValues> values;
    private final ColumnValues receiptValues = new ColumnValues();
    private final SalesGroups groups;
    private final int[] groupsOfRows = new int[ROWS_IN_A_BATCH];
    private final int[][] codes;
    private final int[] receiptCodes;
    private final long[] cents = new long[ROWS_IN_A_BATCH];

    private PartitionSales(Table table, PurchasePartition partition, List<String> columns, boolean withReceipts) {
        this.table = table;
        this.partition = partition;
        this.columns = columns;
        this.withReceipts = withReceipts;
        this.values = Stream.generate(ColumnValues::new).limit(columns.size()).toList();
        this.groups = new SalesGroups(columns.size());
        this.codes = new int[columns.size()][ROWS_IN_A_BATCH];
        this.receiptCodes = withReceipts ? new int[ROWS_IN_A_BATCH] : null;
    }

    /** Rows of affiliate, year, month, {@code columns}, total, number of lines and, where wanted, of receipts. */
    static Iterator<InternalRow> of(
            Table table, PurchasePartition partition, List<String> columns, boolean withReceipts) {
        PartitionSales sales = new PartitionSales(table, partition, columns, withReceipts);
        for (String location : partition.locations()) {
            sales.read(location);
        }
        return IntStream.range(0, sales.groups.size()).mapToObj(sales::row).iterator();
    }

    private void read(String location) {
        List<Integer> fieldIds =
                new ArrayList<>(columns.stream().map(this::fieldId).toList());
        fieldIds.add(fieldId("amount"));
        if (withReceipts) {
            fieldIds.add(fieldId(RECEIPT));
        }
        InputMetrics metrics = TaskContext.get().taskMetrics().inputMetrics();
        try (ParquetColumns file = new ParquetColumns(table.io().newInputFile(location), fieldIds)) {
            for (long rows = file.nextRowGroup(); rows > 0; rows = file.nextRowGroup()) {
                readRowGroup(file, rows);
                metrics.incRecordsRead(rows);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Can't read " + location, e);
        } catch (RuntimeException e) {
            throw new IllegalStateException("Can't read " + location, e);
        }
    }

    private int fieldId(String column) {
        return table.schema().findField(column).fieldId();
    }

    private void readRowGroup(ParquetColumns file, long rowCount) throws IOException {
        CodeColumn[] keys = new CodeColumn[columns.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = file.codes(fieldId(columns.get(i)), values.get(i));
        }
        CodeColumn receipts = withReceipts ? file.codes(fieldId(RECEIPT), receiptValues) : null;
        LongColumn amounts = file.longs(fieldId("amount"));
        for (long left = rowCount; left > 0; left -= ROWS_IN_A_BATCH) {
            int rows = (int) Math.min(left, ROWS_IN_A_BATCH);
            for (int i = 0; i < keys.length; i++) {
                keys[i].read(codes[i], rows);
            }
            if (withReceipts) {
                receipts.read(receiptCodes, rows);
            }
            amounts.read(cents, rows);
            groups.add(groupsOfRows, codes, receiptCodes, cents, rows);
        }
    }

    private InternalRow row(int group) {
        List<Object> row = new ArrayList<>();
        row.add(UTF8String.fromString(partition.affiliate()));
        row.add(partition.year());
        row.add(partition.month());
        for (int i = 0; i < columns.size(); i++) {
            row.add(values.get(i).value(groups.code(group, i)));
        }
        row.add(Decimal.apply(groups.total(group)));
        row.add(groups.lines(group));
        if (withReceipts) {
            row.add(groups.receipts(group));
        }
        return new GenericInternalRow(row.toArray());
    }
}
