package io.retaillake.common.columnar;

import java.io.IOException;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.values.ValuesReader;

/** A required column of numbers, of which decimals are stored, too: of 64 bits, or of 32 in files from before it was widened. */
public final class LongColumnReader {

    private final ColumnPageReader pages;
    private final boolean isLong;
    private final long[] numbersOfIds;
    private int[] ids = new int[0];

    LongColumnReader(ColumnPageReader pages) {
        this.pages = pages;
        this.isLong = pages.isLong();
        Dictionary dictionary = pages.dictionary();
        this.numbersOfIds = new long[dictionary == null ? 0 : dictionary.getMaxId() + 1];
        for (int id = 0; id < numbersOfIds.length; id++) {
            numbersOfIds[id] = isLong ? dictionary.decodeToLong(id) : dictionary.decodeToInt(id);
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
                    numbers[row] = isLong ? page.readLong() : page.readInteger();
                }
            }
            start += count;
        }
    }
}
