package io.retaillake.common.columnar;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.io.api.Binary;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.unsafe.types.UTF8String;

/** The different values of a column of strings or whole numbers in several files, each with a code by which rows are compared. */
public final class ColumnDictionary implements Serializable {

    private static final long serialVersionUID = 1;

    /** The code of null. */
    public static final int NULL = 0;

    private static final int FIRST = 1;

    private final StringDictionary texts = new StringDictionary();
    private final LongDictionary numbers = new LongDictionary();

    /** Dictionaries without values, one for each of so many columns. */
    public static List<ColumnDictionary> none(int columns) {
        return Stream.generate(ColumnDictionary::new).limit(columns).toList();
    }

    /** The code of a string. */
    int codeOf(Binary text) {
        ByteBuffer bytes = text.toByteBuffer();
        return codeOf(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    }

    /** The code of a string, given by its UTF-8 bytes. */
    int codeOf(byte[] bytes, int start, int length) {
        return FIRST + texts.numberOf(bytes, start, length);
    }

    /** The code of a number. */
    int codeOf(long number) {
        return FIRST + numbers.numberOf(number);
    }

    /** The code of a value as Iceberg has it: a string, a whole number, a day, or null. */
    public int codeOf(Object value) {
        if (value == null) {
            return NULL;
        }
        if (value instanceof String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return FIRST + texts.numberOf(bytes, 0, bytes.length);
        }
        return codeOf(value instanceof LocalDate day ? day.toEpochDay() : ((Number) value).longValue());
    }

    /** The code here of the value that has {@code code} in {@code other}. */
    public int codeOf(ColumnDictionary other, int code) {
        if (code == NULL) {
            return NULL;
        }
        int number = code - FIRST;
        return FIRST
                + (other.texts.size() > 0
                        ? texts.numberOf(other.texts, number)
                        : numbers.numberOf(other.numbers.value(number)));
    }

    /** A hash of the value that has {@code code}, whatever the code; {@code seed} for {@link #NULL}. */
    public long hash(int code, long seed) {
        if (code == NULL) {
            return seed;
        }
        return texts.size() > 0 ? XXH64.hashUTF8String(text(code), seed) : XXH64.hashLong(number(code), seed);
    }

    /** Codes are below this number. */
    public int endOfCodes() {
        return FIRST + Math.max(texts.size(), numbers.size());
    }

    /** The value of a column of strings; null for {@link #NULL}. */
    public UTF8String text(int code) {
        return code == NULL ? null : texts.text(code - FIRST);
    }

    /** The value of a column of numbers; {@link NumberChunkWriter#NONE} for {@link #NULL}. */
    public long number(int code) {
        return code == NULL ? NumberChunkWriter.NONE : numbers.value(code - FIRST);
    }

    /** The strings as an attribute of entities, of which each code is one; {@link #thing} tells which. */
    public EncodedAttribute attribute() {
        EncodedAttribute attribute = new EncodedAttribute();
        for (int number = 0; number < texts.size(); number++) {
            attribute.add(texts.text(number).getBytes());
        }
        return attribute;
    }

    /** The entity that a code is in {@link #attribute}; {@link StringChunkWriter#NOTHING} for {@link #NULL}. */
    public static int thing(int code) {
        return code == NULL ? StringChunkWriter.NOTHING : code - FIRST;
    }
}
