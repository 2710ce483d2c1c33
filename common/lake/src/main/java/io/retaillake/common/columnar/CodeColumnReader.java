package io.retaillake.common.columnar;

import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.values.ValuesReader;

/** A column of strings or of whole numbers, of 32 bits or 64, read as the codes of its values. */
public final class CodeColumnReader {

    private final ColumnPageReader pages;
    private final ColumnDictionary values;
    private final boolean isText;
    private final boolean isLong;
    private final int[] codesOfNumbers;

    /** @param pages null where the file does not have the column, which then is null in all rows */
    CodeColumnReader(ColumnPageReader pages, ColumnDictionary values) {
        this.pages = pages;
        this.values = values;
        this.isText = pages != null && pages.isText();
        this.isLong = pages != null && pages.isLong();
        this.codesOfNumbers = codesOf(pages == null ? null : pages.dictionary());
    }

    private int[] codesOf(Dictionary dictionary) {
        int[] codes = new int[dictionary == null ? 0 : dictionary.getMaxId() + 1];
        for (int number = 0; number < codes.length; number++) {
            codes[number] = isText
                    ? values.codeOf(dictionary.decodeToBinary(number))
                    : values.codeOf(isLong ? dictionary.decodeToLong(number) : dictionary.decodeToInt(number));
        }
        return codes;
    }

    /** Reads the codes of the next rows. */
    public void read(int[] codes, int rowCount) throws IOException {
        if (pages == null) {
            Arrays.fill(codes, 0, rowCount, ColumnDictionary.NULL);
            return;
        }
        int start = 0;
        while (start < rowCount) {
            int count = Math.min(rowCount - start, pages.rowsLeft());
            int present = pages.beginRows(count);
            if (pages.isNumbered()) {
                pages.readIds(codes, start, present);
                for (int i = start; i < start + present; i++) {
                    codes[i] = codesOfNumbers[codes[i]];
                }
            } else {
                for (int i = start; i < start + present; i++) {
                    codes[i] = nextCode(pages.values());
                }
            }
            if (present < count) {
                spread(codes, start, count, present);
            }
            start += count;
        }
    }

    /** Moves the codes of those rows that have a value to where they belong, from the last row on. */
    private void spread(int[] codes, int start, int count, int present) {
        int next = start + present;
        for (int row = count - 1; row >= 0; row--) {
            codes[start + row] = pages.hasValue(row) ? codes[--next] : ColumnDictionary.NULL;
        }
    }

    private int nextCode(ValuesReader page) {
        if (page instanceof PlainStringDecoder texts) {
            texts.skip();
            return values.codeOf(texts.bytes(), texts.start(), texts.length());
        }
        return isText ? values.codeOf(page.readBytes()) : values.codeOf(isLong ? page.readLong() : page.readInteger());
    }
}
