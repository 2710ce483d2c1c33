package io.retaillake.common.parquet;

import java.io.IOException;
import org.apache.parquet.column.values.ValuesReader;

/** A required column of 64-bit numbers, of which decimals are stored, too. */
public final class LongColumn {

    private final ColumnPages pages;

    LongColumn(ColumnPages pages) {
        this.pages = pages;
    }

    /** Reads the numbers of the next rows. */
    public void read(long[] numbers, int rowCount) throws IOException {
        int row = 0;
        while (row < rowCount) {
            int end = row + Math.min(rowCount - row, pages.rowsLeft());
            pages.read(end - row);
            ValuesReader page = pages.values();
            if (pages.isNumbered()) {
                for (; row < end; row++) {
                    numbers[row] = pages.dictionary().decodeToLong(page.readValueDictionaryId());
                }
            } else {
                for (; row < end; row++) {
                    numbers[row] = page.readLong();
                }
            }
        }
    }
}
