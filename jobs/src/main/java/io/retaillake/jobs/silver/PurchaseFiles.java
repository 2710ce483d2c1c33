package io.retaillake.jobs.silver;

import io.retaillake.common.columnar.NumberChunkWriter;
import io.retaillake.common.columnar.PageBuffer;
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
 * The files of {@code silver.purchases} that one task writes, at least one for each affiliate's month that it meets. All are open
 * until the task ends, so it needs memory for what it writes, compressed, and for a page of each.
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

    private final Table table;
    private final DimensionEncoder things;
    private final TaskFiles<PurchaseFileWriter> files;
    private final PageBuffer bytes = new PageBuffer();
    private final Map<Key, Month> months = new HashMap<>();
    private Month current;
    private int currentDay;

    /** @param yearMonth months since year 0 */
    private record Key(UTF8String affiliate, int yearMonth) {}

    private record Month(UTF8String affiliate, TaskFiles<PurchaseFileWriter>.Partition partition) {}

    PurchaseFiles(Table table, DimensionEncoder things, int partition, long attempt) {
        this.table = table;
        this.things = things;
        this.files = new TaskFiles<>(table, FileFormat.PARQUET, partition, attempt);
    }

    /** Writes a parsed, valid purchase of {@link PurchaseParser#SCHEMA}. */
    void write(InternalRow purchase) throws IOException {
        UTF8String affiliate = purchase.getUTF8String(AFFILIATE);
        int day = purchase.getInt(DATE);
        if (current == null || day != currentDay || !affiliate.equals(current.affiliate())) {
            current = month(affiliate, LocalDate.ofEpochDay(day));
            currentDay = day;
        }
        current.partition()
                .file()
                .write(
                        purchase,
                        purchase.getUTF8String(RECEIPT),
                        things.product(
                                affiliate,
                                purchase.getUTF8String(DIVISION),
                                purchase.getUTF8String(MAIN_CATEGORY),
                                purchase.getUTF8String(SUB_CATEGORY)),
                        things.customer(purchase.getUTF8String(CUSTOMER)),
                        things.store(purchase.getUTF8String(STORE)),
                        day,
                        purchase.isNullAt(HOUR) ? NumberChunkWriter.NONE : purchase.getInt(HOUR),
                        purchase.getLong(CENTS));
        current.partition().finishIfLong();
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
        key.set(0, affiliate);
        key.set(1, year);
        key.set(2, month);
        return files.partition(key, place -> new PurchaseFileWriter(table, place, bytes, things, year, month));
    }

    /** Ends the files and describes them. From then on they are the caller's. */
    List<DataFile> finish() throws IOException {
        return files.finish();
    }

    /** Removes the files that were not given away. */
    @Override
    public void close() {
        files.close();
        bytes.close();
    }
}
