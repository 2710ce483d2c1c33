package io.retaillake.jobs.silver;

import io.retaillake.common.columnar.ColumnarTable;
import io.retaillake.common.publish.TaskFiles;
import java.io.Closeable;
import java.io.IOException;
import java.time.LocalDate;
import java.time.temporal.ChronoField;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The files of {@code silver.purchases} that one task writes, at least one for each affiliate's month that it meets, or, where
 * {@link PurchasePartitions} are larger, for each month. Rows wait in memory
 * until they are a page, and pages until they are a row group or the task ends; so there is one file open at a time at the end, and before
 * it only those that have a row group. The task needs memory for its rows, about 50 bytes each and up to twice that while a buffer has just
 * grown, whatever the number of affiliates and months. It has few: a task reads sixteen megabytes of compressed Avro, and where that is more
 * than {@link #MOST_ROWS} rows, the files are ended there and others begun.
 */
final class PurchaseFiles implements Closeable {

    private static final int AFFILIATE = PurchaseParser.SCHEMA.fieldIndex("affiliate");
    private static final int RECEIPT = PurchaseParser.SCHEMA.fieldIndex("receipt_no");
    private static final int DIVISION = PurchaseParser.SCHEMA.fieldIndex("division_cd");
    private static final int MAIN_CATEGORY = PurchaseParser.SCHEMA.fieldIndex("main_category_cd");
    private static final int SUB_CATEGORY = PurchaseParser.SCHEMA.fieldIndex("sub_category_cd");
    private static final int CUSTOMER = PurchaseParser.SCHEMA.fieldIndex("customer_id");
    private static final int STORE = PurchaseParser.SCHEMA.fieldIndex("store_cd");
    private static final int DATE = PurchaseParser.SCHEMA.fieldIndex(PurchaseParser.DATE);
    private static final int HOUR = PurchaseParser.SCHEMA.fieldIndex(PurchaseParser.HOUR);
    private static final int CENTS = PurchaseParser.SCHEMA.fieldIndex(PurchaseParser.CENTS);

    /** As many rows as may wait in memory. */
    private static final int MOST_ROWS = 2_000_000;

    /** In place of an affiliate where a file has the rows of all. */
    private static final UTF8String ALL_AFFILIATES = UTF8String.EMPTY_UTF8;

    private final Table table;
    private final boolean isDividedByAffiliate;
    private final DimensionEncoder dimensions;
    private final PurchaseTask task;
    private final TaskFiles<PurchaseFileWriter> files;
    private final Map<Key, Month> months = new HashMap<>();
    private Month current;
    private int currentDay;
    private int rows;

    /** @param yearMonth months since year 0 */
    private record Key(UTF8String affiliate, int yearMonth) {}

    private record Month(UTF8String affiliate, TaskFiles<PurchaseFileWriter>.Partition partition) {}

    PurchaseFiles(Table table, DimensionEncoder dimensions, int partition, long attempt) {
        this.table = table;
        this.isDividedByAffiliate = PurchasePartitions.areByAffiliate(table);
        this.dimensions = dimensions;
        this.task = new PurchaseTask(new ColumnarTable(table), dimensions);
        this.files = new TaskFiles<>(table, FileFormat.PARQUET, partition, attempt);
    }

    /** Writes a parsed, valid purchase of {@link PurchaseParser#SCHEMA}. */
    void write(InternalRow purchase) throws IOException {
        UTF8String affiliate = purchase.getUTF8String(AFFILIATE);
        int day = purchase.getInt(DATE);
        UTF8String owner = isDividedByAffiliate ? affiliate : ALL_AFFILIATES;
        if (current == null || day != currentDay || !owner.equals(current.affiliate())) {
            current = month(owner, LocalDate.ofEpochDay(day));
            currentDay = day;
        }
        PurchaseFileWriter file = current.partition().file();
        file.page()
                .add(
                        purchase,
                        purchase.getUTF8String(RECEIPT),
                        dimensions.product(
                                affiliate,
                                purchase.getUTF8String(DIVISION),
                                purchase.getUTF8String(MAIN_CATEGORY),
                                purchase.getUTF8String(SUB_CATEGORY)),
                        dimensions.customer(purchase.getUTF8String(CUSTOMER)),
                        dimensions.store(purchase.getUTF8String(STORE)),
                        day,
                        purchase.isNullAt(HOUR) ? BufferedPurchases.NO_HOUR : purchase.getInt(HOUR),
                        purchase.getLong(CENTS));
        file.writeFullPage();
        current.partition().finishIfLong();
        rows++;
        if (rows % MOST_ROWS == 0) {
            files.finishOpen();
        }
    }

    private Month month(UTF8String affiliate, LocalDate day) {
        int yearMonth = (int) day.getLong(ChronoField.PROLEPTIC_MONTH);
        Month known = months.get(new Key(affiliate, yearMonth));
        if (known != null) {
            return known;
        }
        UTF8String kept = affiliate.copy();
        Month begun = new Month(kept, begin(kept.toString(), day.getYear(), day.getMonthValue()));
        months.put(new Key(kept, yearMonth), begun);
        return begun;
    }

    private TaskFiles<PurchaseFileWriter>.Partition begin(String affiliate, int year, int month) {
        PartitionKey key = new PartitionKey(table.spec(), table.schema());
        List<Object> values = isDividedByAffiliate ? List.of(affiliate, year, month) : List.of(year, month);
        for (int field = 0; field < values.size(); field++) {
            key.set(field, values.get(field));
        }
        return files.partition(key, place -> new PurchaseFileWriter(task, place, year, month));
    }

    /** Ends the files and describes them. From then on they are the caller's. */
    List<DataFile> finish() throws IOException {
        return files.finish();
    }

    /** Removes the files that were not given away. */
    @Override
    public void close() {
        files.close();
        task.close();
    }
}
