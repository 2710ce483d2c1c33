package io.retaillake.common.parquet;

import java.io.IOException;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.values.ValuesReader;

/** A required column of 64-bit numbers, of which decimals are stored, too. */
public final class LongColumn {

    private final ColumnPages pages;
    private final long[] numbersOfIds;
    private int[] ids = new int[0];

    LongColumn(ColumnPages pages) {
        this.pages = pages;
        Dictionary dictionary = pages.dictionary();
        this.numbersOfIds = new long[dictionary == null ? 0 : dictionary.getMaxId() + 1];
        for (int id = 0; id < numbersOfIds.length; id++) {
            numbersOfIds[id] = dictionary.decodeToLong(id);
        }
    }

    /** Reads the numbers of the next rows. */
    public void read(long[] numbers, int rowCount) throws IOException {
        if (ids.length < rowCount) {
            ids = new int[rowCount];
        }
        int start = 0;
        while (start < rowCount) {
            int count = Math.min(rowCount - start, pages.rowsLeft());
            pages.beginRows(count);
            if (pages.isNumbered()) {
                pages.readIds(ids, 0, count);
                for (int row = 0; row < count; row++) {
                    numbers[start + row] = numbersOfIds[ids[row]];
                }
            } else {
                ValuesReader page = pages.values();
                for (int row = start; row < start + count; row++) {
                    numbers[row] = page.readLong();
                }
            }
            start += count;
        }
    }
}
