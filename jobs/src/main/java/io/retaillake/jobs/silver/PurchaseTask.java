package io.retaillake.jobs.silver;

import io.retaillake.common.columnar.ColumnarTable;
import io.retaillake.common.columnar.PageBuffer;
import java.io.Closeable;

/** What the files of {@code silver.purchases} that one task writes share. */
final class PurchaseTask implements Closeable {

    private final ColumnarTable table;
    private final DimensionEncoder dimensions;
    private final PageBuffer bytes = new PageBuffer();
    private final long[] numbers;

    PurchaseTask(ColumnarTable table, DimensionEncoder dimensions) {
        this.table = table;
        this.dimensions = dimensions;
        this.numbers = new long[table.pageRows()];
    }

    ColumnarTable table() {
        return table;
    }

    DimensionEncoder dimensions() {
        return dimensions;
    }

    /** Where pages are made. */
    PageBuffer bytes() {
        return bytes;
    }

    /** Room for the numbers of a page. */
    long[] numbers() {
        return numbers;
    }

    @Override
    public void close() {
        bytes.close();
    }
}
