package io.retaillake.common.jdbc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Turns PostgreSQL's binary COPY format into rows: a header, then for each row the number of its fields and for each field
 * its length and value, then a trailer. All numbers are big-endian. See "Binary Format" in PostgreSQL's page on COPY.
 */
final class BinaryCopyRows {

    private static final byte[] SIGNATURE = "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final VarHandle SHORT = bigEndian(short[].class);
    private static final VarHandle INT = bigEndian(int[].class);
    private static final VarHandle LONG = bigEndian(long[].class);
    private static final int TRAILER = -1;
    private static final int NULL = -1;

    private final Messages messages;
    private final boolean[] isText;
    private final GenericInternalRow row;
    private byte[] buffer = new byte[0];
    private int position;
    private boolean headerIsRead;

    /** The server's messages, each some bytes of the whole; null after the last. */
    @FunctionalInterface
    interface Messages {
        byte[] next() throws SQLException;
    }

    BinaryCopyRows(Messages messages, StructType schema) {
        this.messages = messages;
        this.isText = new boolean[schema.length()];
        this.row = new GenericInternalRow(schema.length());
        for (int i = 0; i < isText.length; i++) {
            DataType type = schema.apply(i).dataType();
            isText[i] = type.equals(DataTypes.StringType);
            if (!isText[i] && !type.equals(DataTypes.DoubleType)) {
                throw new IllegalArgumentException(
                        "Column " + schema.apply(i).name() + " is of type " + type + "; text and double can be read");
            }
        }
    }

    /** Moves to the next row; false after the last one. */
    boolean next() throws SQLException {
        if (!headerIsRead) {
            readHeader();
        }
        int fields = takeShort();
        if (fields == TRAILER) {
            while (messages.next() != null) {
                // The server's end of the copy comes after the trailer.
            }
            return false;
        }
        if (fields != isText.length) {
            throw new SQLException("The server sent a row of " + fields + " fields; expected are " + isText.length);
        }
        for (int i = 0; i < fields; i++) {
            int length = takeInt();
            if (length == NULL) {
                row.setNullAt(i);
            } else if (isText[i]) {
                int start = take(length);
                // No copy: a message's bytes are never written again.
                row.update(i, UTF8String.fromBytes(buffer, start, length));
            } else {
                row.update(i, takeDouble());
            }
        }
        return true;
    }

    /** The current row; valid until the next is read. */
    InternalRow row() {
        return row;
    }

    private void readHeader() throws SQLException {
        int start = take(SIGNATURE.length);
        if (!Arrays.equals(SIGNATURE, Arrays.copyOfRange(buffer, start, start + SIGNATURE.length))) {
            throw new SQLException("The server's answer is not in PostgreSQL's binary COPY format");
        }
        take(Integer.BYTES);
        take(takeInt());
        headerIsRead = true;
    }

    private short takeShort() throws SQLException {
        int start = take(Short.BYTES);
        return (short) SHORT.get(buffer, start);
    }

    private int takeInt() throws SQLException {
        int start = take(Integer.BYTES);
        return (int) INT.get(buffer, start);
    }

    private double takeDouble() throws SQLException {
        int start = take(Double.BYTES);
        return Double.longBitsToDouble((long) LONG.get(buffer, start));
    }

    /**
     * Makes sure that the buffer holds the next {@code length} bytes, and returns where in it they start; the
     * buffer may be another one afterwards.
     */
    private int take(int length) throws SQLException {
        while (buffer.length - position < length) {
            byte[] message = messages.next();
            if (message == null) {
                throw new SQLException("The server's answer ended in the middle of a row");
            }
            byte[] rest = Arrays.copyOfRange(buffer, position, buffer.length);
            buffer = rest.length == 0 ? message : concatenated(rest, message);
            position = 0;
        }
        int start = position;
        position += length;
        return start;
    }

    private static byte[] concatenated(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static VarHandle bigEndian(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.BIG_ENDIAN);
    }
}
