package io.retaillake.jobs.silver;

import io.retaillake.common.columnar.ColumnarParquetWriter;
import io.retaillake.common.columnar.NumberChunkWriter;
import io.retaillake.common.columnar.PageBuffer;
import io.retaillake.common.columnar.PlainStringChunkWriter;
import io.retaillake.common.columnar.StringChunkWriter;
import io.retaillake.common.publish.TaskFiles;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.OutputFile;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/** A file of {@code silver.purchases} that is being written: purchases of one month of one affiliate. */
final class PurchaseFileWriter implements TaskFiles.OpenFile {

    /** As many as Parquet's own writers put into a page. */
    private static final int ROWS_IN_A_PAGE = 20_000;

    private final ColumnarParquetWriter file;
    private final List<StringChunkWriter> productColumns;
    private final List<StringChunkWriter> customerColumns;
    private final List<StringChunkWriter> storeColumns;
    private final PlainStringChunkWriter receiptColumn;
    private final NumberChunkWriter dateColumn;
    private final NumberChunkWriter hourColumn;
    private final NumberChunkWriter yearColumn;
    private final NumberChunkWriter monthColumn;
    private final NumberChunkWriter amountColumn;
    private final PassedColumns passedColumns;

    private final int[] products = new int[ROWS_IN_A_PAGE];
    private final int[] customers = new int[ROWS_IN_A_PAGE];
    private final int[] stores = new int[ROWS_IN_A_PAGE];
    private final int[] receiptEnds = new int[ROWS_IN_A_PAGE];
    private final long[] days = new long[ROWS_IN_A_PAGE];
    private final long[] hours = new long[ROWS_IN_A_PAGE];
    private final long[] cents = new long[ROWS_IN_A_PAGE];
    private final long[] years = new long[ROWS_IN_A_PAGE];
    private final long[] months = new long[ROWS_IN_A_PAGE];
    private byte[] receipts = new byte[ROWS_IN_A_PAGE];
    private int rows;
    private long writtenBytes;

    /** Creates the file. */
    PurchaseFileWriter(Table table, OutputFile output, PageBuffer bytes, DimensionEncoder things, int year, int month)
            throws IOException {
        file = new ColumnarParquetWriter(table, output, bytes);
        productColumns = things.productColumns(file);
        customerColumns = things.customerColumns(file);
        storeColumns = things.storeColumns(file);
        receiptColumn = file.plainTexts("receipt_no");
        dateColumn = file.numbers("purchase_date");
        hourColumn = file.numbers("purchase_hour");
        yearColumn = file.numbers("purchase_year");
        monthColumn = file.numbers("purchase_month");
        amountColumn = file.numbers("amount");
        passedColumns = new PassedColumns(file, ROWS_IN_A_PAGE);
        Arrays.fill(years, year);
        Arrays.fill(months, month);
    }

    /**
     * Writes a purchase.
     *
     * @param purchase the parsed row, whose further columns are taken as they are
     * @param product the number of the product category, as customer and store by {@link DimensionEncoder}
     * @param day days since 1970
     * @param hour of the day; {@link NumberChunkWriter#NONE} where unknown
     */
    void write(
            InternalRow purchase,
            UTF8String receipt,
            int product,
            int customer,
            int store,
            int day,
            long hour,
            long amountCents)
            throws IOException {
        addReceipt(receipt);
        products[rows] = product;
        customers[rows] = customer;
        stores[rows] = store;
        days[rows] = day;
        hours[rows] = hour;
        cents[rows] = amountCents;
        passedColumns.set(rows, purchase);
        rows++;
        if (rows == ROWS_IN_A_PAGE) {
            writePage();
        }
    }

    private void addReceipt(UTF8String receipt) {
        int start = rows == 0 ? 0 : receiptEnds[rows - 1];
        int end = start + receipt.numBytes();
        if (end > receipts.length) {
            receipts = Arrays.copyOf(receipts, Math.max(2 * receipts.length, end));
        }
        receipt.writeToMemory(receipts, Platform.BYTE_ARRAY_OFFSET + start);
        receiptEnds[rows] = end;
    }

    private void writePage() throws IOException {
        productColumns.forEach(column -> column.addPage(products, rows));
        customerColumns.forEach(column -> column.addPage(customers, rows));
        storeColumns.forEach(column -> column.addPage(stores, rows));
        receiptColumn.addPage(receipts, receiptEnds, rows);
        dateColumn.addPage(days, rows);
        hourColumn.addPage(hours, rows);
        yearColumn.addPage(years, rows);
        monthColumn.addPage(months, rows);
        amountColumn.addPage(cents, rows);
        passedColumns.addPage(rows);
        file.endPage(rows);
        writtenBytes = file.lengthBytes();
        rows = 0;
    }

    @Override
    public long lengthBytes() {
        return writtenBytes;
    }

    @Override
    public DataFile finish(PartitionKey partition) throws IOException {
        if (rows > 0) {
            writePage();
        }
        return file.finish(partition);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
