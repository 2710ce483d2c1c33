package io.retaillake.common.columnar;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** A column of whole numbers of 32 or 64 bits, of which dates and decimals are stored, too. */
public final class NumberChunkWriter extends DictionaryChunkWriter {

    /** In place of a number: the row has null. */
    public static final long NONE = Long.MIN_VALUE;

    /** Numbers of more values than these need as many bits as the values themselves when they are compressed. */
    private static final int MOST_VALUES = 1 << 14;

    private final boolean isLong;
    private final LongDictionary dictionary = new LongDictionary();

    /** A chunk of a column of whole numbers. */
    NumberChunkWriter(ColumnDescriptor column, PageBuffer bytes, PageCompression compression) {
        super(column, bytes, compression);
        this.isLong = type().getPrimitiveTypeName() == PrimitiveTypeName.INT64;
    }

    /** Adds a page of rows; {@link #NONE} for null. */
    public void addPage(long[] numbers, int rowCount) {
        int[] ids = roomForIds(rowCount);
        if (isFull()) {
            addPlainPage(numbers, ids, rowCount);
            return;
        }
        long last = NONE;
        int lastId = NULL;
        for (int i = 0; i < rowCount; i++) {
            if (numbers[i] != last) {
                last = numbers[i];
                lastId = last == NONE ? NULL : dictionary.numberOf(last);
            }
            ids[i] = lastId;
        }
        addNumberedPage(ids, rowCount);
    }

    /** A page of the numbers themselves. To look each up in a dictionary of which no use is made would take longer. */
    private void addPlainPage(long[] numbers, int[] ids, int rowCount) {
        int nulls = 0;
        Statistics<?> statistics = noStatistics();
        for (int i = 0; i < rowCount; i++) {
            ids[i] = numbers[i] == NONE ? NULL : 0;
            nulls += numbers[i] == NONE ? 1 : 0;
        }
        PageBuffer page = beginPage(ids, rowCount, nulls);
        for (int i = 0; i < rowCount; i++) {
            if (numbers[i] != NONE) {
                put(page, numbers[i]);
                addTo(statistics, numbers[i]);
            }
        }
        statistics.incrementNumNulls(nulls);
        endPage(rowCount, Encoding.PLAIN, statistics);
    }

    private void put(PageBuffer page, long number) {
        if (isLong) {
            page.putLong(number);
        } else {
            page.putInt(Math.toIntExact(number));
        }
    }

    private void addTo(Statistics<?> statistics, long number) {
        if (isLong) {
            statistics.updateStats(number);
        } else {
            statistics.updateStats(Math.toIntExact(number));
        }
    }

    @Override
    int size() {
        return dictionary.size();
    }

    @Override
    boolean isTooLarge() {
        return dictionary.size() > MOST_VALUES;
    }

    @Override
    void putValue(PageBuffer page, int id) {
        put(page, dictionary.value(id));
    }

    @Override
    void addTo(Statistics<?> statistics, int id) {
        addTo(statistics, dictionary.value(id));
    }

    @Override
    void clearValues() {
        dictionary.clear();
    }
}
