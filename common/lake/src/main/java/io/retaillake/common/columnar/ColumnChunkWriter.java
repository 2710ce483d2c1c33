package io.retaillake.common.columnar;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/**
 * One column of the row group that is being written. Its pages stay in memory, compressed, until the group is complete,
 * because a file has a column's pages side by side.
 */
abstract class ColumnChunkWriter {

    /** In place of the number of a value in the dictionary: there is none, the row has null. */
    static final int NULL = -1;

    private final ColumnDescriptor column;
    private final PageBuffer bytes;
    private final PageCompression compression;
    private final List<Page> pages = new ArrayList<>();
    private long compressedBytes;
    private long rows;

    private record Page(
            int rows, int lengthBytes, BytesInput compressed, Statistics<?> statistics, Encoding encoding) {}

    /**
     * A chunk of a column that is not nested.
     *
     * @param bytes where pages are made, which other columns may use, too, but no other thread
     */
    ColumnChunkWriter(ColumnDescriptor column, PageBuffer bytes, PageCompression compression) {
        this.column = column;
        this.bytes = bytes;
        this.compression = compression;
    }

    /** Room for the dictionary ids of the rows of the next page. */
    final int[] roomForIds(int rowCount) {
        return bytes.roomForIds(rowCount);
    }

    final PrimitiveType type() {
        return column.getPrimitiveType();
    }

    final long compressedBytes() {
        return compressedBytes;
    }

    /** The statistics of a page of which nothing is known yet. */
    final Statistics<?> noStatistics() {
        return Statistics.createStats(type());
    }

    /** Begins a page of rows of which {@code ids} tells the nulls; the values, without nulls, must follow in the returned bytes. */
    final PageBuffer beginPage(int[] ids, int rowCount, int nulls) {
        bytes.clear();
        if (type().isRepetition(Type.Repetition.OPTIONAL)) {
            bytes.putInt(0);
            putDefinitionLevels(ids, rowCount, nulls);
            bytes.setLengthBefore(Integer.BYTES);
        } else if (nulls > 0) {
            throw new IllegalArgumentException(nulls + " of " + rowCount + " rows have no " + type().getName());
        }
        return bytes;
    }

    private void putDefinitionLevels(int[] ids, int rowCount, int nulls) {
        if (nulls == 0) {
            RunLengthBitPackingEncoder.putRun(bytes, 1, 1, rowCount);
            return;
        }
        int[] levels = bytes.roomForNumbers(rowCount);
        for (int i = 0; i < rowCount; i++) {
            levels[i] = ids[i] == NULL ? 0 : 1;
        }
        RunLengthBitPackingEncoder.put(bytes, 1, levels, rowCount);
    }

    /** Ends the page that was begun. */
    final void endPage(int rowCount, Encoding encoding, Statistics<?> statistics) {
        BytesInput compressed = bytes.compress(compression);
        pages.add(new Page(rowCount, bytes.length(), compressed, statistics, encoding));
        compressedBytes += compressed.size();
        rows += rowCount;
    }

    /** Puts the values that pages have the numbers of; returns how many, 0 where no page has numbers. */
    abstract int putDictionary(PageBuffer dictionary);

    /** Forgets what belongs to the row group that was written. */
    abstract void clear();

    /** Writes the chunk and is ready for the next row group's. */
    final void writeTo(ParquetFileWriter file) throws IOException {
        file.startColumn(column, rows, compression.codec());
        bytes.clear();
        int values = putDictionary(bytes);
        if (values > 0) {
            file.writeDictionaryPage(
                    new DictionaryPage(bytes.compress(compression), bytes.length(), values, Encoding.PLAIN));
        }
        for (Page page : pages) {
            file.writeDataPage(
                    page.rows,
                    page.lengthBytes,
                    page.compressed,
                    page.statistics,
                    page.rows,
                    Encoding.RLE,
                    Encoding.RLE,
                    page.encoding);
        }
        file.endColumn();
        pages.clear();
        compressedBytes = 0;
        rows = 0;
        clear();
    }
}
