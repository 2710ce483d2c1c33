package io.retaillake.common.gold;

import io.retaillake.common.parquet.CodeColumn;
import io.retaillake.common.parquet.LongColumn;
import io.retaillake.common.parquet.ParquetColumns;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.CloseableIterable;

/** Adds up a mart's sales by some of its columns, file after file. */
public final class MartReader {

    private static final String AMOUNT = "total_purchase_amount";
    private static final String PURCHASES = "count_of_purchase";

    private final Table table;
    private final List<String> columns;
    private final LongAdder rowsRead;
    private final SalesBatch batch;
    private final SalesBy sales;

    private MartReader(Table table, List<String> columns, LongAdder rowsRead) {
        this.table = table;
        this.columns = columns;
        this.rowsRead = rowsRead;
        this.batch = new SalesBatch(columns.size());
        this.sales = new SalesBy(
                columns,
                columns.stream().map(column -> table.schema().findType(column)).toList());
    }

    /**
     * Reads a snapshot once.
     *
     * @param rows which rows of it
     * @param columns texts, 32-bit numbers or days
     * @param rowsRead what to count the rows with, as they are read
     */
    public static SalesBy read(Table table, long snapshotId, Expression rows, List<String> columns, LongAdder rowsRead)
            throws IOException {
        MartReader reader = new MartReader(table, columns, rowsRead);
        List<FileScanTask> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> planned =
                table.newScan().useSnapshot(snapshotId).filter(rows).planFiles()) {
            planned.forEach(files::add);
        }
        if (files.stream().allMatch(MartReader::isPlain)) {
            reader.readColumns(
                    files.stream().map(file -> file.file().location()).toList());
        } else {
            reader.readRecords(snapshotId, rows);
        }
        return reader.sales;
    }

    /** Whether all rows of a file count, and it is Parquet; other tools may delete rows and write other formats. */
    private static boolean isPlain(FileScanTask file) {
        return file.deletes().isEmpty()
                && file.residual().op() == Expression.Operation.TRUE
                && file.file().format() == FileFormat.PARQUET;
    }

    private void readColumns(List<String> locations) {
        List<Integer> fieldIds = Stream.concat(columns.stream(), Stream.of(AMOUNT, PURCHASES))
                .map(this::fieldId)
                .toList();
        try (FilesAhead files = new FilesAhead(table.io(), locations, fieldIds)) {
            while (files.hasNext()) {
                FilesAhead.OpenFile file = files.next();
                try (ParquetColumns open = file.columns()) {
                    for (long rows = file.rows(); rows > 0; rows = open.nextRowGroup()) {
                        readRowGroup(open, rows);
                    }
                } catch (IOException | RuntimeException e) {
                    throw new IllegalStateException("Can't read " + file.location(), e);
                }
            }
        }
    }

    private int fieldId(String column) {
        return table.schema().findField(column).fieldId();
    }

    private void readRowGroup(ParquetColumns file, long rowCount) throws IOException {
        CodeColumn[] keys = new CodeColumn[columns.size()];
        for (int column = 0; column < keys.length; column++) {
            keys[column] = file.codes(fieldId(columns.get(column)), sales.values(column));
        }
        LongColumn amounts = file.longs(fieldId(AMOUNT));
        LongColumn purchases = file.longs(fieldId(PURCHASES));
        for (long left = rowCount; left > 0; left -= SalesBatch.MOST_ROWS) {
            int rows = (int) Math.min(left, SalesBatch.MOST_ROWS);
            for (int column = 0; column < keys.length; column++) {
                keys[column].read(batch.codes[column], rows);
            }
            amounts.read(batch.cents, rows);
            purchases.read(batch.purchases, rows);
            add(rows);
        }
    }

    private void add(int rows) {
        sales.add(batch, rows);
        rowsRead.add(rows);
    }

    private void readRecords(long snapshotId, Expression wanted) throws IOException {
        int rows = 0;
        try (CloseableIterable<Record> records = IcebergGenerics.read(table)
                .useSnapshot(snapshotId)
                .where(wanted)
                .select(Stream.concat(columns.stream(), Stream.of(AMOUNT, PURCHASES))
                        .toList())
                .reuseContainers()
                .build()) {
            for (Record row : records) {
                put(rows++, row);
                if (rows == SalesBatch.MOST_ROWS) {
                    add(rows);
                    rows = 0;
                }
            }
        }
        add(rows);
    }

    private void put(int row, Record values) {
        for (int column = 0; column < columns.size(); column++) {
            batch.codes[column][row] = sales.values(column).codeOf(values.getField(columns.get(column)));
        }
        batch.cents[row] =
                ((BigDecimal) values.getField(AMOUNT)).unscaledValue().longValueExact();
        batch.purchases[row] = (Long) values.getField(PURCHASES);
    }
}
