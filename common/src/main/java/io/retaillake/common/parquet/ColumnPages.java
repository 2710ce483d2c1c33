package io.retaillake.common.parquet;

import java.io.IOException;
import java.util.function.IntSupplier;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesUtils;
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
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** A row group's pages of one column that is not nested, read value by value whatever their encoding. */
final class ColumnPages {

    private final ColumnDescriptor column;
    private final PageReader pages;
    private final Dictionary dictionary;
    private IntSupplier levels;
    private ValuesReader values;
    private boolean isNumbered;
    private int rowsLeft;

    ColumnPages(ColumnDescriptor column, PageReader pages) throws IOException {
        this.column = column;
        this.pages = pages;
        DictionaryPage page = pages.readDictionaryPage();
        this.dictionary = page == null ? null : page.getEncoding().initDictionary(column, page);
    }

    /** Whether the column has texts. */
    boolean isText() {
        return column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY;
    }

    /** The dictionary of the pages that have numbers; null where none has. */
    Dictionary dictionary() {
        return dictionary;
    }

    /** Makes sure that there is a page with unread rows; tells how many rows it has still. */
    int rowsLeft() throws IOException {
        if (rowsLeft == 0) {
            begin(pages.readPage());
        }
        return rowsLeft;
    }

    /** Says that so many rows of the page were read. */
    void read(int rows) {
        rowsLeft -= rows;
    }

    /** Whether the next row has a value; to be asked once for each row. */
    boolean nextIsValue() {
        return levels == null || levels.getAsInt() == column.getMaxDefinitionLevel();
    }

    /** Whether the page has numbers of values in the dictionary, else the values. */
    boolean isNumbered() {
        return isNumbered;
    }

    /** The values of the page, or their numbers, without nulls. */
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
        ByteBufferInputStream bytes = page.getBytes().toInputStream();
        if (column.getMaxDefinitionLevel() > 0) {
            ValuesReader reader = page.getDlEncoding().getValuesReader(column, ValuesType.DEFINITION_LEVEL);
            reader.initFromPage(page.getValueCount(), bytes);
            levels = reader::readInteger;
        }
        beginValues(page.getValueEncoding(), page.getValueCount(), bytes);
    }

    private void begin(DataPageV2 page) throws IOException {
        if (column.getMaxDefinitionLevel() > 0) {
            RunLengthBitPackingHybridDecoder decoder = new RunLengthBitPackingHybridDecoder(
                    BytesUtils.getWidthFromMaxInt(column.getMaxDefinitionLevel()),
                    page.getDefinitionLevels().toInputStream());
            levels = () -> next(decoder);
        }
        beginValues(page.getDataEncoding(), page.getValueCount(), page.getData().toInputStream());
    }

    private static int next(RunLengthBitPackingHybridDecoder decoder) {
        try {
            return decoder.readInt();
        } catch (IOException e) {
            throw new ParquetDecodingException("A page's levels can't be read", e);
        }
    }

    private void beginValues(Encoding encoding, int count, ByteBufferInputStream bytes) throws IOException {
        isNumbered = encoding.usesDictionary();
        values = isNumbered
                ? encoding.getDictionaryBasedValuesReader(column, ValuesType.VALUES, dictionary)
                : encoding == Encoding.PLAIN && isText()
                        ? new PlainTexts()
                        : encoding.getValuesReader(column, ValuesType.VALUES);
        values.initFromPage(count, bytes);
    }
}
