package io.retaillake.jobs.bronze;

import io.retaillake.common.contract.ColumnMapping;
import io.retaillake.common.contract.SourceType;
import io.retaillake.common.source.BinaryCopyRows;
import io.retaillake.common.source.BinaryValues;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.iceberg.avro.AvroSchemaUtil;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;

/**
 * Turns rows of PostgreSQL's binary COPY format into Avro's binary encoding: text stays the bytes that it is, and a double
 * turns its bytes round, so that no object is made of a value.
 */
final class CopiedRowAvro {

    private static final VarHandle LITTLE_ENDIAN_LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Index of the value in Avro's union of null and the value, as Avro writes it. */
    private static final byte VALUE = 2;

    /** Index of null in that union. */
    private static final byte NULL = 0;

    private static final int MOST_NUMBER_BYTES = 10;
    private static final int BITS_PER_BYTE = 7;
    private static final int MORE = 1 << BITS_PER_BYTE;
    private static final int MASK = MORE - 1;

    private final List<ColumnMapping> columns;
    private final SourceType.Kind[] kinds;
    private final boolean[] isRequired;
    private byte[] encoded = new byte[256];
    private int end;

    /** An encoder for rows of these columns. */
    CopiedRowAvro(List<ColumnMapping> columns, List<Types.NestedField> fields) {
        this.columns = columns;
        kinds = columns.stream().map(column -> column.type().kind()).toArray(SourceType.Kind[]::new);
        isRequired = new boolean[kinds.length];
        for (int i = 0; i < kinds.length; i++) {
            isRequired[i] = fields.get(i).isRequired();
        }
    }

    /** The schema of what {@link #encode} gives, with the ids by which Iceberg knows the columns. */
    static Schema schema(String record, List<Types.NestedField> columns) {
        // Iceberg has an Avro of its own inside; both read the same text.
        return new Schema.Parser()
                .parse(AvroSchemaUtil.convert(new org.apache.iceberg.Schema(columns), record)
                        .toString());
    }

    /** The current row of {@code copied}; valid until the next call. */
    ByteBuffer encode(BinaryCopyRows copied) {
        encodeColumns(copied);
        return ByteBuffer.wrap(encoded, 0, end);
    }

    /** The same, and a required text behind it that is none of the columns. */
    ByteBuffer encode(BinaryCopyRows copied, byte[] last) {
        encodeColumns(copied);
        putText(last, 0, last.length);
        return ByteBuffer.wrap(encoded, 0, end);
    }

    private void encodeColumns(BinaryCopyRows copied) {
        end = 0;
        for (int i = 0; i < kinds.length; i++) {
            ensureRoom(1 + MOST_NUMBER_BYTES);
            if (copied.isNull(i)) {
                if (isRequired[i]) {
                    throw new IllegalStateException("The source's column "
                            + columns.get(i).source() + " has a null, and the contract allows none");
                }
                encoded[end++] = NULL;
                continue;
            }
            if (!isRequired[i]) {
                encoded[end++] = VALUE;
            }
            if (kinds[i] == SourceType.Kind.TEXT) {
                putText(copied.bytes(i), copied.start(i), copied.length(i));
            } else if (kinds[i] == SourceType.Kind.DOUBLE) {
                LITTLE_ENDIAN_LONG.set(encoded, end, Double.doubleToRawLongBits(copied.doubleValue(i)));
                end += Double.BYTES;
            } else {
                putOther(copied, i);
            }
        }
    }

    private void putOther(BinaryCopyRows copied, int column) {
        byte[] bytes = copied.bytes(column);
        int start = copied.start(column);
        try {
            switch (kinds[column]) {
                case BOOLEAN -> encoded[end++] = bytes[start];
                case BIGINT, INTEGER, SMALLINT ->
                    putNumber(BinaryValues.wholeNumber(bytes, start, copied.length(column)));
                case DATE -> putNumber(BinaryValues.epochDay(bytes, start));
                case TIMESTAMP, TIMESTAMP_WITH_TIME_ZONE -> putNumber(BinaryValues.epochMicroseconds(bytes, start));
                case NUMERIC -> {
                    SourceType type = columns.get(column).type();
                    putDecimal(
                            BinaryValues.unscaled(bytes, start, type), TypeUtil.decimalRequiredBytes(type.precision()));
                }
                case UUID -> {
                    byte[] text = BinaryValues.uuid(bytes, start).getBytes(StandardCharsets.US_ASCII);
                    putText(text, 0, text.length);
                }
                case TEXT, DOUBLE -> throw new AssertionError(kinds[column]);
            }
        } catch (ArithmeticException e) {
            throw new IllegalStateException(
                    "The source's column " + columns.get(column).source() + " has a value that the lake can't hold: "
                            + e.getMessage(),
                    e);
        }
    }

    /** Big-endian, as many bytes for each value. */
    private void putDecimal(BigInteger unscaled, int bytes) {
        byte[] digits = unscaled.toByteArray();
        ensureRoom(bytes);
        Arrays.fill(encoded, end, end + bytes - digits.length, (byte) (unscaled.signum() < 0 ? -1 : 0));
        System.arraycopy(digits, 0, encoded, end + bytes - digits.length, digits.length);
        end += bytes;
    }

    private void putText(byte[] bytes, int start, int length) {
        ensureRoom(MOST_NUMBER_BYTES + length);
        putNumber(length);
        System.arraycopy(bytes, start, encoded, end, length);
        end += length;
    }

    /** Avro's numbers have their sign in the lowest bit and are written seven bits a byte, the low ones first. */
    private void putNumber(long number) {
        long rest = (number << 1) ^ (number >> (Long.SIZE - 1));
        while ((rest & ~MASK) != 0) {
            encoded[end++] = (byte) ((rest & MASK) | MORE);
            rest >>>= BITS_PER_BYTE;
        }
        encoded[end++] = (byte) rest;
    }

    private void ensureRoom(int bytes) {
        if (encoded.length - end < bytes) {
            encoded = Arrays.copyOf(encoded, Math.max(2 * encoded.length, end + bytes));
        }
    }
}
