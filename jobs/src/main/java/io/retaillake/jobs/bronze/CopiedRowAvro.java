package io.retaillake.jobs.bronze;

import io.retaillake.common.source.BinaryCopyRows;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.iceberg.types.Type;
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

    private static final int MOST_LENGTH_BYTES = 5;
    private static final int LENGTH_BITS_PER_BYTE = 7;
    private static final int MORE = 1 << LENGTH_BITS_PER_BYTE;
    private static final int LENGTH_MASK = MORE - 1;

    private final boolean[] isDouble;
    private byte[] encoded = new byte[256];
    private int end;

    /**
     * An encoder for one table's rows.
     *
     * @param columns the table's columns: optional strings and doubles, which are copied, and at last a required text, which is not
     */
    CopiedRowAvro(List<Types.NestedField> columns) {
        isDouble = new boolean[columns.size() - 1];
        for (int i = 0; i < isDouble.length; i++) {
            Types.NestedField column = columns.get(i);
            isDouble[i] = column.type().typeId() == Type.TypeID.DOUBLE;
            boolean isText = column.type().typeId() == Type.TypeID.STRING;
            if (column.isRequired() || (!isDouble[i] && !isText)) {
                throw new IllegalArgumentException("No optional text or double: " + column);
            }
        }
        Types.NestedField last = columns.get(isDouble.length);
        if (last.isOptional() || last.type().typeId() != Type.TypeID.STRING) {
            throw new IllegalArgumentException("No required text: " + last);
        }
    }

    /** The schema of what {@link #encode} gives, with the ids by which Iceberg knows the columns. */
    static Schema schema(List<Types.NestedField> columns) {
        SchemaBuilder.FieldAssembler<Schema> fields =
                SchemaBuilder.record("purchase").fields();
        for (Types.NestedField column : columns) {
            Schema type = Schema.create(
                    column.type().typeId() == Type.TypeID.DOUBLE ? Schema.Type.DOUBLE : Schema.Type.STRING);
            SchemaBuilder.FieldBuilder<Schema> field =
                    fields.name(column.name()).prop("field-id", column.fieldId());
            fields = column.isRequired()
                    ? field.type(type).noDefault()
                    : field.type(Schema.createUnion(Schema.create(Schema.Type.NULL), type))
                            .withDefault(null);
        }
        return fields.endRecord();
    }

    /** The current row of {@code copied} and {@code last}; valid until the next call. */
    ByteBuffer encode(BinaryCopyRows copied, byte[] last) {
        end = 0;
        for (int i = 0; i < isDouble.length; i++) {
            ensureRoom(1 + Double.BYTES);
            if (copied.isNull(i)) {
                encoded[end++] = NULL;
            } else if (isDouble[i]) {
                encoded[end++] = VALUE;
                LITTLE_ENDIAN_LONG.set(encoded, end, Double.doubleToRawLongBits(copied.doubleValue(i)));
                end += Double.BYTES;
            } else {
                encoded[end++] = VALUE;
                putText(copied.bytes(i), copied.start(i), copied.length(i));
            }
        }
        putText(last, 0, last.length);
        return ByteBuffer.wrap(encoded, 0, end);
    }

    private void putText(byte[] bytes, int start, int length) {
        ensureRoom(MOST_LENGTH_BYTES + length);
        // Avro's lengths have their sign in the lowest bit and are written seven bits a byte, the low ones first.
        int rest = length << 1;
        while (rest > LENGTH_MASK) {
            encoded[end++] = (byte) ((rest & LENGTH_MASK) | MORE);
            rest >>>= LENGTH_BITS_PER_BYTE;
        }
        encoded[end++] = (byte) rest;
        System.arraycopy(bytes, start, encoded, end, length);
        end += length;
    }

    private void ensureRoom(int bytes) {
        if (encoded.length - end < bytes) {
            encoded = Arrays.copyOf(encoded, Math.max(2 * encoded.length, end + bytes));
        }
    }
}
