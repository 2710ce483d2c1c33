package io.retaillake.jobs.silver;

import io.retaillake.common.columnar.ColumnarParquetWriter;
import io.retaillake.common.columnar.NumberChunkWriter;
import io.retaillake.common.columnar.PlainStringChunkWriter;
import io.retaillake.common.columnar.StringChunkWriter;
import io.retaillake.common.columnar.ValueChunkWriter;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.io.OutputFile;

/** The columns of a file of {@code silver.purchases} that is being written, page by page. */
final class PurchaseColumns implements Closeable {

    private final DimensionEncoder dimensions;
    private final long[] numbers;
    private final ColumnarParquetWriter file;
    private final List<StringChunkWriter> productColumns;
    private final StringChunkWriter customerColumn;
    private final List<StringChunkWriter> profileColumns;
    private final StringChunkWriter storeColumn;
    private final PlainStringChunkWriter receiptColumn;
    private final NumberChunkWriter dateColumn;
    private final NumberChunkWriter hourColumn;
    private final NumberChunkWriter yearColumn;
    private final NumberChunkWriter monthColumn;
    private final NumberChunkWriter amountColumn;
    private final List<ValueChunkWriter> passedColumns;

    /** Of a file that is not created yet. */
    PurchaseColumns(PurchaseTask task, OutputFile place) {
        dimensions = task.dimensions();
        numbers = task.numbers();
        file = new ColumnarParquetWriter(task.table(), place, task.bytes());
        productColumns = dimensions.productColumns(file);
        customerColumn = dimensions.customerColumn(file);
        profileColumns = dimensions.profileColumns(file);
        storeColumn = dimensions.storeColumn(file);
        receiptColumn = file.plainTexts("receipt_no");
        dateColumn = file.numbers("purchase_date");
        hourColumn = file.numbers("purchase_hour");
        yearColumn = file.numbers("purchase_year");
        monthColumn = file.numbers("purchase_month");
        amountColumn = file.numbers("amount");
        passedColumns = PassedValues.COLUMNS.stream()
                .map(column -> file.values(column.bronze()))
                .toList();
    }

    /** Writes a page of purchases of a month. */
    void write(BufferedPurchases page, int year, int month) throws IOException {
        int rows = page.rows();
        productColumns.forEach(column -> column.addPage(page.products(), rows));
        customerColumn.addPage(page.customers(), rows);
        int[] profiles = dimensions.profiles(page.customers(), rows);
        profileColumns.forEach(column -> column.addPage(profiles, rows));
        storeColumn.addPage(page.stores(), rows);
        receiptColumn.addPage(page.receipts(), page.receiptEnds(), rows);
        for (int row = 0; row < rows; row++) {
            numbers[row] = page.days()[row];
        }
        dateColumn.addPage(numbers, rows);
        for (int row = 0; row < rows; row++) {
            int hour = page.hours()[row];
            numbers[row] = hour == BufferedPurchases.NO_HOUR ? NumberChunkWriter.NONE : hour;
        }
        hourColumn.addPage(numbers, rows);
        Arrays.fill(numbers, 0, rows, year);
        yearColumn.addPage(numbers, rows);
        Arrays.fill(numbers, 0, rows, month);
        monthColumn.addPage(numbers, rows);
        amountColumn.addPage(page.cents(), rows);
        for (int i = 0; i < passedColumns.size(); i++) {
            passedColumns.get(i).addPage(page.passed().of(i), rows);
        }
        file.endPage(rows);
    }

    /** The length of what is written; the last of it is in memory still. */
    long lengthBytes() throws IOException {
        return file.lengthBytes();
    }

    /** Ends the file and describes it. */
    DataFile finish(PartitionKey partition) throws IOException {
        return file.finish(partition);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
