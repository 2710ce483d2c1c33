package io.retaillake.common.source;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * Reads PostgreSQL's binary COPY format row by row: a header, then for each row the number of its fields and for each field
 * its length and value, then a trailer. All numbers are big-endian. See "Binary Format" in PostgreSQL's page on COPY.
 *
 * <p>The fields of the current row are given as they lie in the server's messages, so that no object is made of them.
 */
public final class BinaryCopyRows {

    private static final byte[] SIGNATURE = "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final VarHandle SHORT = bigEndian(short[].class);
    private static final VarHandle INT = bigEndian(int[].class);
    private static final VarHandle LONG = bigEndian(long[].class);
    private static final int TRAILER = -1;
    private static final int NULL = -1;

    private final Messages messages;
    private final byte[][] buffers;
    private final int[] starts;
    private final int[] lengths;
    private byte[] buffer = new byte[0];
    private int position;
    private boolean headerIsRead;

    /** The server's messages, each some bytes of the whole; null after the last. */
    @FunctionalInterface
    public interface Messages {
        byte[] next() throws SQLException;
    }

    /** Rows of {@code fields} fields each. */
    public BinaryCopyRows(Messages messages, int fields) {
        this.messages = messages;
        this.buffers = new byte[fields][];
        this.starts = new int[fields];
        this.lengths = new int[fields];
    }

    /** Moves to the next row; false after the last one. */
    public boolean next() throws SQLException {
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
        if (fields != lengths.length) {
            throw new SQLException("The server sent a row of " + fields + " fields; expected are " + lengths.length);
        }
        for (int field = 0; field < fields; field++) {
            int length = takeInt();
            lengths[field] = length;
            if (length != NULL) {
                starts[field] = take(length);
                // No copy: a message's bytes are never written again.
                buffers[field] = buffer;
            }
        }
        return true;
    }

    /** Whether the current row's field is null. */
    public boolean isNull(int field) {
        return lengths[field] == NULL;
    }

    /** The bytes among which the field's value is; not to be changed. */
    public byte[] bytes(int field) {
        return buffers[field];
    }

    /** Where in {@link #bytes} the field's value starts. */
    public int start(int field) {
        return starts[field];
    }

    /** How many bytes the field's value has. */
    public int length(int field) {
        return lengths[field];
    }

    /** The value of a field of type double precision. */
    public double doubleValue(int field) {
        return Double.longBitsToDouble((long) LONG.get(buffers[field], starts[field]));
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
