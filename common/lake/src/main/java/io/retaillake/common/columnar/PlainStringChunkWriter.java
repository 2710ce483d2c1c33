package io.retaillake.common.columnar;

import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;

/** A required column of strings that are too many for a dictionary. */
public final class PlainStringChunkWriter extends ColumnChunkWriter {

    private static final int[] NO_NULLS = {};

    PlainStringChunkWriter(ColumnDescriptor column, PageBuffer bytes, PageCompression compression) {
        super(column, bytes, compression);
    }

    /**
     * Adds a page of strings.
     *
     * @param texts all of them in UTF-8, one behind the other
     * @param ends where each ends
     */
    public void addPage(byte[] texts, int[] ends, int rowCount) {
        PageBuffer page = beginPage(NO_NULLS, rowCount, 0);
        Statistics<?> statistics = noStatistics();
        int lastStart = 0;
        int lastEnd = 0;
        int start = 0;
        for (int i = 0; i < rowCount; i++) {
            int end = ends[i];
            page.putText(texts, start, end - start);
            if (i == 0 || !Arrays.equals(texts, lastStart, lastEnd, texts, start, end)) {
                statistics.updateStats(Binary.fromReusedByteArray(texts, start, end - start));
                lastStart = start;
                lastEnd = end;
            }
            start = end;
        }
        endPage(rowCount, Encoding.PLAIN, statistics);
    }

    @Override
    int putDictionary(PageBuffer dictionary) {
        return 0;
    }

    @Override
    void clear() {
        // There is nothing but the pages.
    }
}
