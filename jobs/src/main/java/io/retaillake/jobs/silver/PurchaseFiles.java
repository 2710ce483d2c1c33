package io.retaillake.jobs.silver;

import io.retaillake.common.parquet.NumberChunk;
import io.retaillake.common.parquet.PageBytes;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of {@code silver.purchases} that one task writes, at least one for each affiliate's month that it meets. All are open
 * until the task ends, so it needs memory for what it writes, compressed, and for a page of each.
 */
final class PurchaseFiles implements Closeable {

    /** The columns of a parsed purchase, in the order in which {@link #write} expects them. */
    static final List<String> INPUT_COLUMNS = List.of(
            "affiliate",
            "receipt_no",
            "division_cd",
            "main_category_cd",
            "sub_category_cd",
            "customer_id",
            "store_cd",
            PurchaseParser.DATE,
            PurchaseParser.HOUR,
            PurchaseParser.CENTS,
            PurchaseParser.VALID);

    private static final Logger LOG = LoggerFactory.getLogger(PurchaseFiles.class);
    private static final int AFFILIATE = INPUT_COLUMNS.indexOf("affiliate");
    private static final int RECEIPT = INPUT_COLUMNS.indexOf("receipt_no");
    private static final int DIVISION = INPUT_COLUMNS.indexOf("division_cd");
    private static final int MAIN_CATEGORY = INPUT_COLUMNS.indexOf("main_category_cd");
    private static final int SUB_CATEGORY = INPUT_COLUMNS.indexOf("sub_category_cd");
    private static final int CUSTOMER = INPUT_COLUMNS.indexOf("customer_id");
    private static final int STORE = INPUT_COLUMNS.indexOf("store_cd");
    private static final int DATE = INPUT_COLUMNS.indexOf(PurchaseParser.DATE);
    private static final int HOUR = INPUT_COLUMNS.indexOf(PurchaseParser.HOUR);
    private static final int CENTS = INPUT_COLUMNS.indexOf(PurchaseParser.CENTS);

    private final Table table;
    private final PurchaseThings things;
    private final TaskFiles files;
    private final PageBytes bytes = new PageBytes();
    private final Map<Key, Partition> partitions = new HashMap<>();
    private Partition current;
    private int currentDay;

    /** @param yearMonth months since year 0 */
    private record Key(UTF8String affiliate, int yearMonth) {}

    private static final class Partition {
        private final UTF8String affiliate;
        private final int year;
        private final int month;
        private final PartitionKey key;
        private PurchaseFileWriter file;

        Partition(Table table, UTF8String affiliate, LocalDate day) {
            this.affiliate = affiliate;
            this.year = day.getYear();
            this.month = day.getMonthValue();
            this.key = new PartitionKey(table.spec(), table.schema());
            key.set(0, affiliate.toString());
            key.set(1, year);
            key.set(2, month);
        }
    }

    PurchaseFiles(Table table, PurchaseThings things, int partition, long attempt) {
        this.table = table;
        this.things = things;
        this.files = new TaskFiles(table, FileFormat.PARQUET, partition, attempt);
    }

    /** Writes a parsed, valid purchase of {@link #INPUT_COLUMNS}. */
    void write(InternalRow purchase) throws IOException {
        UTF8String affiliate = purchase.getUTF8String(AFFILIATE);
        int day = purchase.getInt(DATE);
        if (current == null || day != currentDay || !affiliate.equals(current.affiliate)) {
            current = partition(affiliate, LocalDate.ofEpochDay(day));
            currentDay = day;
        }
        if (current.file == null) {
            current.file =
                    new PurchaseFileWriter(table, files.begin(current.key), bytes, things, current.year, current.month);
        }
        current.file.write(
                purchase.getUTF8String(RECEIPT),
                things.product(
                        affiliate,
                        purchase.getUTF8String(DIVISION),
                        purchase.getUTF8String(MAIN_CATEGORY),
                        purchase.getUTF8String(SUB_CATEGORY)),
                things.customer(purchase.getUTF8String(CUSTOMER)),
                things.store(purchase.getUTF8String(STORE)),
                day,
                purchase.isNullAt(HOUR) ? NumberChunk.NONE : purchase.getInt(HOUR),
                purchase.getLong(CENTS));
        if (files.isLongEnough(current.file.writtenBytes())) {
            finish(current);
        }
    }

    private Partition partition(UTF8String affiliate, LocalDate day) {
        int yearMonth = (int) day.getLong(ChronoField.PROLEPTIC_MONTH);
        Partition known = partitions.get(new Key(affiliate, yearMonth));
        if (known != null) {
            return known;
        }
        UTF8String kept = affiliate.copy();
        Partition begun = new Partition(table, kept, day);
        partitions.put(new Key(kept, yearMonth), begun);
        return begun;
    }

    private void finish(Partition partition) throws IOException {
        files.add(partition.file.finish(partition.key));
        partition.file = null;
    }

    /** Ends the files and describes them. From then on they are the caller's. */
    List<DataFile> finish() throws IOException {
        for (Partition partition : partitions.values()) {
            if (partition.file != null) {
                finish(partition);
            }
        }
        return files.handOver();
    }

    /** Removes the files that were not handed over. */
    @Override
    public void close() {
        for (Partition partition : partitions.values()) {
            try {
                if (partition.file != null) {
                    partition.file.close();
                }
            } catch (IOException | RuntimeException e) {
                LOG.debug("A file of a task that failed can't be closed", e);
            }
        }
        files.remove();
        bytes.close();
    }
}
