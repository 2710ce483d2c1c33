package io.retaillake.common.avro;

import static io.retaillake.common.contract.BronzeTables.PURCHASE;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A row of an Avro file of {@code bronze.purchase}, which moves through the file's blocks. It knows of each value only where it is,
 * so that no object is made of a value that nobody asks for; texts are valid until the next block.
 */
final class PurchaseBlock extends GenericInternalRow {

    private static final long serialVersionUID = 1;
    private static final VarHandle LITTLE_ENDIAN_LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int REQUIRED = -1;
    private static final int NULL = -1;
    private static final int BITS_PER_BYTE = 7;
    private static final int MORE = 1 << BITS_PER_BYTE;
    private static final int MASK = MORE - 1;

    private final boolean[] isDouble;
    private final int[] nullIndexes;
    private final int[] starts;
    private final int[] lengths;
    private byte[] bytes = new byte[0];
    private int position;
    private int end;

    /**
     * For a file's schema.
     *
     * @throws IOException if it has other columns than the table, or others than texts and doubles
     */
    PurchaseBlock(Schema file) throws IOException {
        List<Schema.Field> fields = file.getFields();
        if (!fields.stream().map(Schema.Field::name).toList().equals(PURCHASE.columnNames())) {
            throw new IOException("The columns of " + PURCHASE + " are " + PURCHASE.columnNames() + ", not " + fields);
        }
        isDouble = new boolean[fields.size()];
        nullIndexes = new int[fields.size()];
        starts = new int[fields.size()];
        lengths = new int[fields.size()];
        for (int i = 0; i < isDouble.length; i++) {
            Schema type = fields.get(i).schema();
            nullIndexes[i] = REQUIRED;
            if (type.getType() == Schema.Type.UNION && type.getTypes().size() == 2) {
                nullIndexes[i] = type.getTypes().get(0).getType() == Schema.Type.NULL ? 0 : 1;
                type = type.getTypes().get(1 - nullIndexes[i]);
            }
            isDouble[i] = type.getType() == Schema.Type.DOUBLE;
            if (!isDouble[i] && type.getType() != Schema.Type.STRING) {
                throw new IOException("No text or double: " + fields.get(i));
            }
        }
    }

    /** Goes to the beginning of a block, which is not copied. */
    void begin(ByteBuffer block) {
        bytes = block.array();
        position = block.arrayOffset() + block.position();
        end = position + block.remaining();
    }

    /** Moves to the next row of the block, which must have one. */
    void next() throws IOException {
        for (int field = 0; field < isDouble.length; field++) {
            if (nullIndexes[field] != REQUIRED && readNumber() == nullIndexes[field]) {
                lengths[field] = NULL;
                continue;
            }
            int length = isDouble[field] ? Double.BYTES : readNumber();
            if (length < 0 || length > end - position) {
                throw new IOException("A value of " + length + " bytes where the block has " + (end - position));
            }
            starts[field] = position;
            lengths[field] = length;
            position += length;
        }
    }

    /** Makes sure that the block ended with the last row. */
    void requireEnd() throws IOException {
        if (position != end) {
            throw new IOException("After the block's last row there are " + (end - position) + " bytes more");
        }
    }

    @Override
    public int numFields() {
        return isDouble.length;
    }

    @Override
    public boolean isNullAt(int field) {
        return lengths[field] == NULL;
    }

    @Override
    public double getDouble(int field) {
        return Double.longBitsToDouble((long) LITTLE_ENDIAN_LONG.get(bytes, starts[field]));
    }

    @Override
    public UTF8String getUTF8String(int field) {
        return isNullAt(field) ? null : UTF8String.fromBytes(bytes, starts[field], lengths[field]);
    }

    @Override
    public Object genericGet(int field) {
        if (isNullAt(field)) {
            return null;
        }
        return isDouble[field] ? (Object) getDouble(field) : getUTF8String(field);
    }

    /** Reads an Avro int: its sign in the lowest bit, seven bits a byte, the low ones first. */
    private int readNumber() {
        int next = bytes[position++];
        int number = next & MASK;
        for (int shift = BITS_PER_BYTE; (next & MORE) != 0 && shift < Integer.SIZE; shift += BITS_PER_BYTE) {
            next = bytes[position++];
            number |= (next & MASK) << shift;
        }
        return (number >>> 1) ^ -(number & 1);
    }
}
