package io.retaillake.jobs.silver;

import io.retaillake.common.publish.TaskFiles;
import java.io.IOException;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.io.OutputFile;

/**
 * A file of {@code silver.purchases} that is being written: purchases of one month of one affiliate. As long as these are less than a page,
 * it is a buffer of them and nothing else.
 */
final class PurchaseFileWriter implements TaskFiles.OpenFile {

    private final PurchaseTask task;
    private final OutputFile place;
    private final int year;
    private final int month;
    private BufferedPurchases page;
    private PurchaseColumns columns;
    private long writtenBytes;

    /** A file that is not created yet. */
    PurchaseFileWriter(PurchaseTask task, OutputFile place, int year, int month) {
        this.task = task;
        this.place = place;
        this.year = year;
        this.month = month;
        this.page = emptyPage();
    }

    private BufferedPurchases emptyPage() {
        return new BufferedPurchases(task.table().pageRows(), task.table().pageBytes());
    }

    /** The page to add purchases to; {@link #writeFullPage} must follow each. */
    BufferedPurchases page() {
        return page;
    }

    /** Writes the page if it is full. */
    void writeFullPage() throws IOException {
        if (page.isFull()) {
            writePage();
            writtenBytes = columns.lengthBytes();
        }
    }

    private void writePage() throws IOException {
        if (columns == null) {
            columns = new PurchaseColumns(task, place);
        }
        columns.write(page, year, month);
        page.clear();
    }

    @Override
    public long lengthBytes() {
        return writtenBytes;
    }

    @Override
    public DataFile finish(PartitionKey partition) throws IOException {
        if (page.rows() > 0) {
            writePage();
        }
        return columns.finish(partition);
    }

    @Override
    public void close() throws IOException {
        if (columns != null) {
            columns.close();
        }
    }
}
