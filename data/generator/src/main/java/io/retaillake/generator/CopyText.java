package io.retaillake.generator;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Rows in the text format of {@code COPY}, collected as UTF-8 bytes. Made for speed: no string is built per row; text that
 * is used often comes as bytes that need no escaping.
 */
final class CopyText {

    private byte[] bytes = new byte[256];
    private int length;
    private boolean inRow;

    /** A field's bytes as they are: they hold no backslash, line end or tab, except a tab between two fields. */
    CopyText raw(byte[] field) {
        startField(field.length);
        System.arraycopy(field, 0, bytes, length, field.length);
        length += field.length;
        return this;
    }

    /** Any text, escaped; null becomes SQL's null. */
    CopyText text(String field) {
        if (field == null) {
            return raw(NULL);
        }
        return raw(field.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .getBytes(StandardCharsets.UTF_8));
    }

    /** A number that is not negative, with zeros in front up to the given number of digits. */
    CopyText number(long value, int minimumDigits) {
        startField(20);
        digits(value, minimumDigits);
        return this;
    }

    /** Thousandths of KRW as a decimal number without zeros at its end. */
    CopyText thousandths(long value) {
        startField(24);
        long rest = Math.abs(value);
        if (value < 0) {
            bytes[length++] = '-';
        }
        digits(rest / 1000, 1);
        long fraction = rest % 1000;
        if (fraction > 0) {
            bytes[length++] = '.';
            int digits = fraction % 100 == 0 ? 1 : fraction % 10 == 0 ? 2 : 3;
            digits(digits == 1 ? fraction / 100 : digits == 2 ? fraction / 10 : fraction, digits);
        }
        return this;
    }

    void endRow() {
        reserve(1);
        bytes[length++] = '\n';
        inRow = false;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    static final byte[] NULL = {'\\', 'N'};

    private void startField(int size) {
        reserve(size + 1);
        if (inRow) {
            bytes[length++] = '\t';
        }
        inRow = true;
    }

    private void digits(long value, int minimumDigits) {
        int count = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            count++;
        }
        count = Math.max(count, minimumDigits);
        long rest = value;
        for (int at = length + count - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += count;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
