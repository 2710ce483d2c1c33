package io.retaillake.common.columnar;

import java.util.BitSet;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;

/**
 * A column with few different values: its pages have their numbers in a dictionary, which the row group has once. From where
 * the dictionary is too large on, pages have the values themselves.
 */
abstract class DictionaryChunkWriter extends ColumnChunkWriter {

    private int numberedValues;
    private boolean isFull;

    DictionaryChunkWriter(ColumnDescriptor column, PageBuffer bytes, PageCompression compression) {
        super(column, bytes, compression);
    }

    /** Number of values in the dictionary. */
    abstract int size();

    /** Whether a dictionary of so many values does more harm than good. */
    abstract boolean isTooLarge();

    /** Puts the value with the number {@code id} in Parquet's plain encoding. */
    abstract void putValue(PageBuffer page, int id);

    /** Tells {@code statistics} that the page has the value with the number {@code id}. */
    abstract void addTo(Statistics<?> statistics, int id);

    /** Forgets the values. */
    abstract void clearValues();

    /** Whether pages have values by now, not numbers. */
    final boolean isFull() {
        return isFull;
    }

    /** Adds a page of rows by the numbers of their values; {@link #NULL} for null. */
    final void addNumberedPage(int[] ids, int rowCount) {
        int nulls = 0;
        BitSet present = new BitSet(size());
        for (int i = 0; i < rowCount; i++) {
            if (ids[i] == NULL) {
                nulls++;
            } else {
                present.set(ids[i]);
            }
        }
        isFull |= isTooLarge();
        PageBuffer page = beginPage(ids, rowCount, nulls);
        // Readers expect a dictionary where a page has numbers, even if it has none.
        boolean hasValues = isFull || size() == 0;
        if (hasValues) {
            putValues(page, ids, rowCount);
        } else {
            numberedValues = size();
            putNumbers(page, ids, rowCount);
        }
        Statistics<?> statistics = noStatistics();
        statistics.incrementNumNulls(nulls);
        present.stream().forEach(id -> addTo(statistics, id));
        endPage(rowCount, hasValues ? Encoding.PLAIN : Encoding.RLE_DICTIONARY, statistics);
    }

    private void putValues(PageBuffer page, int[] ids, int rowCount) {
        for (int i = 0; i < rowCount; i++) {
            if (ids[i] != NULL) {
                putValue(page, ids[i]);
            }
        }
    }

    private void putNumbers(PageBuffer page, int[] ids, int rowCount) {
        int bits = BytesUtils.getWidthFromMaxInt(Math.max(0, size() - 1));
        page.write(bits);
        int[] numbers = page.roomForNumbers(rowCount);
        int count = 0;
        for (int i = 0; i < rowCount; i++) {
            if (ids[i] != NULL) {
                numbers[count++] = ids[i];
            }
        }
        RunLengthBitPackingEncoder.put(page, bits, numbers, count);
    }

    @Override
    final int putDictionary(PageBuffer dictionary) {
        for (int id = 0; id < numberedValues; id++) {
            putValue(dictionary, id);
        }
        return numberedValues;
    }

    @Override
    final void clear() {
        numberedValues = 0;
        isFull = false;
        clearValues();
    }
}
