package io.retaillake.common.columnar;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** A row group's pages of one column that is not nested, read part by part whatever their encoding. */
final class ColumnPageReader {

    private final ColumnDescriptor column;
    private final PageReader pages;
    private final Dictionary dictionary;
    private RunLengthBitPackingDecoder levels;
    private RunLengthBitPackingDecoder ids;
    private ValuesReader values;
    private int rowsLeft;
    private int[] levelsOfRows = new int[0];

    ColumnPageReader(ColumnDescriptor column, PageReader pages) throws IOException {
        this.column = column;
        this.pages = pages;
        DictionaryPage page = pages.readDictionaryPage();
        this.dictionary = page == null ? null : page.getEncoding().initDictionary(column, page);
    }

    /** Whether the column has strings. */
    boolean isText() {
        return column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY;
    }

    /** Whether the column has numbers of 64 bits. */
    boolean isLong() {
        return column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT64;
    }

    /** The dictionary of the pages that have numbers; null where none has. */
    Dictionary dictionary() {
        return dictionary;
    }

    /** Passes over the next rows, whose pages are not decoded but for the last. */
    void skip(long rowCount) throws IOException {
        long left = rowCount;
        while (left > 0) {
            DataPage page = pages.readPage();
            if (left < page.getValueCount()) {
                begin(page);
                skipInPage((int) left);
            }
            left -= Math.min(left, page.getValueCount());
        }
    }

    private void skipInPage(int count) throws IOException {
        int present = beginRows(count);
        if (isNumbered()) {
            readIds(new int[present], 0, present);
        } else {
            values.skip(present);
        }
    }

    /** Makes sure that there is a page with unread rows; tells how many rows it has still. */
    int rowsLeft() throws IOException {
        if (rowsLeft == 0) {
            begin(pages.readPage());
        }
        return rowsLeft;
    }

    /** Whether the page has numbers of values in the dictionary, else the values. */
    boolean isNumbered() {
        return ids != null;
    }

    /** Begins to read so many rows of the page; returns how many of them have a value. */
    int beginRows(int count) throws IOException {
        rowsLeft -= count;
        if (levels == null) {
            return count;
        }
        if (levelsOfRows.length < count) {
            levelsOfRows = new int[count];
        }
        levels.read(levelsOfRows, 0, count);
        int present = 0;
        for (int row = 0; row < count; row++) {
            present += levelsOfRows[row];
        }
        return present;
    }

    /** Whether a row of those that were begun has a value. */
    boolean hasValue(int row) {
        return levels == null || levelsOfRows[row] != 0;
    }

    /** Reads the numbers of the next values, without nulls. */
    void readIds(int[] numbers, int start, int count) throws IOException {
        ids.read(numbers, start, count);
    }

    /** The values of the page, without nulls, where it has them. */
    ValuesReader values() {
        return values;
    }

    private void begin(DataPage page) throws IOException {
        if (page instanceof DataPageV1 firstVersion) {
            begin(firstVersion);
        } else {
            begin((DataPageV2) page);
        }
        rowsLeft = page.getValueCount();
    }

    private void begin(DataPageV1 page) throws IOException {
        ByteBuffer bytes = bytes(page.getBytes());
        levels = null;
        if (column.getMaxDefinitionLevel() > 0) {
            if (page.getDlEncoding() != Encoding.RLE) {
                throw new IOException(
                        "Levels in " + page.getDlEncoding() + ", which no writer of Iceberg's tables uses");
            }
            int length = bytes.getInt();
            beginLevels(bytes.slice(bytes.position(), length), page.getValueCount());
            bytes.position(bytes.position() + length);
        }
        beginValues(page.getValueEncoding(), page.getValueCount(), bytes);
    }

    private void begin(DataPageV2 page) throws IOException {
        levels = null;
        if (column.getMaxDefinitionLevel() > 0) {
            beginLevels(bytes(page.getDefinitionLevels()), page.getValueCount());
        }
        beginValues(page.getDataEncoding(), page.getValueCount(), bytes(page.getData()));
    }

    private void beginLevels(ByteBuffer bytes, int count) throws IOException {
        RunLengthBitPackingDecoder all = new RunLengthBitPackingDecoder(bytes, 1);
        levels = all.isRunOf(1, count) ? null : all;
    }

    private void beginValues(Encoding encoding, int count, ByteBuffer bytes) throws IOException {
        if (encoding.usesDictionary()) {
            // A page of nulls need not say of how many bits its numbers are.
            ids = new RunLengthBitPackingDecoder(bytes, bytes.hasRemaining() ? bytes.get() : 0);
            values = null;
        } else {
            ids = null;
            values = encoding == Encoding.PLAIN && isText()
                    ? new PlainStringDecoder()
                    : encoding.getValuesReader(column, ValuesType.VALUES);
            values.initFromPage(count, ByteBufferInputStream.wrap(bytes));
        }
    }

    /** The bytes in an array. */
    private static ByteBuffer bytes(BytesInput input) throws IOException {
        ByteBuffer bytes = input.toByteBuffer();
        return (bytes.hasArray() ? bytes : ByteBuffer.wrap(input.toByteArray())).order(ByteOrder.LITTLE_ENDIAN);
    }
}
