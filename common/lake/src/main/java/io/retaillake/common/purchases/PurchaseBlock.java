package io.retaillake.common.purchases;

import static io.retaillake.common.contract.BronzeTables.PURCHASE;

import io.retaillake.common.contract.Column;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A row of an Avro file of {@code bronze.purchase}, which moves through the file's blocks. It knows of each value only where it is,
 * so that no object is made of a value that nobody asks for; strings are valid until the next block.
 */
final class PurchaseBlock extends GenericInternalRow {

    private static final long serialVersionUID = 1;
    private static final VarHandle LITTLE_ENDIAN_LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LITTLE_ENDIAN_INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int NULL = -1;
    private static final int COLUMNS = PURCHASE.columns().size();
    private static final int BITS_PER_BYTE = 7;
    private static final int MORE = 1 << BITS_PER_BYTE;
    private static final int MASK = MORE - 1;

    private static final DataType[] TYPES =
            PURCHASE.columns().stream().map(Column::type).toArray(DataType[]::new);

    private final transient FileFields fields;
    private final int[] starts = new int[COLUMNS];
    private final int[] lengths = new int[COLUMNS];
    private byte[] bytes = new byte[0];
    private int position;
    private int end;

    /**
     * For a file's schema.
     *
     * @param table the table's schema by now, which knows the columns by the ids that the file has
     * @throws IOException if a required column is not there
     *     or a column has another type than the contract's or one that was widened to it
     */
    PurchaseBlock(Schema file, org.apache.iceberg.Schema table) throws IOException {
        fields = new FileFields(file, table);
        // What the file does not have stays null.
        Arrays.fill(lengths, NULL);
    }

    /** Goes to the beginning of a block, which is not copied. */
    void begin(ByteBuffer block) {
        bytes = block.array();
        position = block.arrayOffset() + block.position();
        end = position + block.remaining();
    }

    /** Moves to the next row of the block, which must have one. */
    void next() throws IOException {
        for (int field = 0; field < fields.count(); field++) {
            int column = fields.column(field);
            if (fields.nullIndex(field) != FileFields.NO_UNION && readNumber() == fields.nullIndex(field)) {
                if (column >= 0) {
                    lengths[column] = NULL;
                }
                continue;
            }
            int length = length(fields.length(field));
            if (length < 0 || length > end - position) {
                throw new IOException("A value of " + length + " bytes where the block has " + (end - position));
            }
            if (column >= 0) {
                starts[column] = position;
                lengths[column] = length;
            }
            position += length;
        }
    }

    private int length(int ofField) {
        if (ofField == FileFields.LENGTH_BEFORE) {
            return readNumber();
        }
        if (ofField != FileFields.NUMBER) {
            return ofField;
        }
        int last = position;
        while ((bytes[last] & MORE) != 0) {
            last++;
        }
        return last + 1 - position;
    }

    /** Makes sure that the block ended with the last row. */
    void requireEnd() throws IOException {
        if (position != end) {
            throw new IOException("After the block's last row there are " + (end - position) + " bytes more");
        }
    }

    @Override
    public int numFields() {
        return COLUMNS;
    }

    @Override
    public boolean isNullAt(int field) {
        return lengths[field] == NULL;
    }

    @Override
    public double getDouble(int field) {
        return lengths[field] == Float.BYTES
                ? Float.intBitsToFloat((int) LITTLE_ENDIAN_INT.get(bytes, starts[field]))
                : Double.longBitsToDouble((long) LITTLE_ENDIAN_LONG.get(bytes, starts[field]));
    }

    @Override
    public UTF8String getUTF8String(int field) {
        return isNullAt(field) ? null : UTF8String.fromBytes(bytes, starts[field], lengths[field]);
    }

    @Override
    public boolean getBoolean(int field) {
        return bytes[starts[field]] != 0;
    }

    @Override
    public int getInt(int field) {
        return (int) getLong(field);
    }

    @Override
    public long getLong(int field) {
        long number = 0;
        for (int i = 0; i < lengths[field]; i++) {
            number |= (long) (bytes[starts[field] + i] & MASK) << (BITS_PER_BYTE * i);
        }
        return (number >>> 1) ^ -(number & 1);
    }

    @Override
    public Decimal getDecimal(int field, int precision, int scale) {
        return isNullAt(field)
                ? null
                : Decimal.apply(
                        new BigDecimal(new BigInteger(bytes, starts[field], lengths[field]), scale), precision, scale);
    }

    @Override
    public Object genericGet(int field) {
        if (isNullAt(field)) {
            return null;
        }
        DataType type = TYPES[field];
        if (type.equals(DataTypes.StringType)) {
            return getUTF8String(field);
        }
        if (type.equals(DataTypes.DoubleType)) {
            return getDouble(field);
        }
        if (type.equals(DataTypes.BooleanType)) {
            return getBoolean(field);
        }
        if (type instanceof DecimalType decimal) {
            return getDecimal(field, decimal.precision(), decimal.scale());
        }
        return type.equals(DataTypes.IntegerType) || type.equals(DataTypes.DateType)
                ? (Object) getInt(field)
                : (Object) getLong(field);
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
