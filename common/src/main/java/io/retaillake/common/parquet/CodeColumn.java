package io.retaillake.common.parquet;

import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.values.ValuesReader;

/** A column of texts or of 32-bit numbers, read as the codes of its values. */
public final class CodeColumn {

    private final ColumnPages pages;
    private final ColumnValues values;
    private final boolean isText;
    private final int[] codesOfNumbers;

    /** @param pages null where the file does not have the column, which then is null in all rows */
    CodeColumn(ColumnPages pages, ColumnValues values) {
        this.pages = pages;
        this.values = values;
        this.isText = pages != null && pages.isText();
        this.codesOfNumbers = codesOf(pages == null ? null : pages.dictionary());
    }

    private int[] codesOf(Dictionary dictionary) {
        int[] codes = new int[dictionary == null ? 0 : dictionary.getMaxId() + 1];
        for (int number = 0; number < codes.length; number++) {
            codes[number] = isText
                    ? values.codeOf(dictionary.decodeToBinary(number))
                    : values.codeOf(dictionary.decodeToInt(number));
        }
        return codes;
    }

    /** Reads the codes of the next rows. */
    public void read(int[] codes, int rowCount) throws IOException {
        if (pages == null) {
            Arrays.fill(codes, 0, rowCount, ColumnValues.NULL);
            return;
        }
        int row = 0;
        while (row < rowCount) {
            int end = row + Math.min(rowCount - row, pages.rowsLeft());
            pages.read(end - row);
            ValuesReader page = pages.values();
            if (pages.isNumbered()) {
                for (; row < end; row++) {
                    codes[row] = pages.nextIsValue() ? codesOfNumbers[page.readValueDictionaryId()] : ColumnValues.NULL;
                }
            } else {
                for (; row < end; row++) {
                    codes[row] = pages.nextIsValue() ? nextCode(page) : ColumnValues.NULL;
                }
            }
        }
    }

    private int nextCode(ValuesReader page) {
        if (page instanceof PlainTexts texts) {
            texts.skip();
            return values.codeOf(texts.bytes(), texts.start(), texts.length());
        }
        return isText ? values.codeOf(page.readBytes()) : values.codeOf(page.readInteger());
    }
}
