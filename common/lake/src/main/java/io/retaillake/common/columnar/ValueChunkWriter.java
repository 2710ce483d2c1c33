package io.retaillake.common.columnar;

import java.math.BigInteger;
import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A column of any type that is not nested, of whose values nothing is known: each is written by itself. For numbers and strings
 * that repeat, the other writers are faster and their files smaller.
 */
public final class ValueChunkWriter extends ColumnChunkWriter {

    ValueChunkWriter(ColumnDescriptor column, PageBuffer bytes, PageCompression compression) {
        super(column, bytes, compression);
    }

    /**
     * Adds a page of rows.
     *
     * @param values as Spark has them inside, e.g. days and microseconds since 1970 and {@link Decimal}; null for null
     */
    public void addPage(Object[] values, int rowCount) {
        int[] ids = roomForIds(rowCount);
        int nulls = 0;
        for (int i = 0; i < rowCount; i++) {
            ids[i] = values[i] == null ? NULL : 0;
            nulls += values[i] == null ? 1 : 0;
        }
        PageBuffer page = beginPage(ids, rowCount, nulls);
        Statistics<?> statistics = noStatistics();
        statistics.incrementNumNulls(nulls);
        switch (type().getPrimitiveTypeName()) {
            case BOOLEAN -> putBooleans(page, values, rowCount, statistics);
            default -> {
                for (int i = 0; i < rowCount; i++) {
                    if (values[i] != null) {
                        put(page, values[i], statistics);
                    }
                }
            }
        }
        endPage(rowCount, Encoding.PLAIN, statistics);
    }

    /** Eight to a byte, the first in its lowest bit. */
    private static void putBooleans(PageBuffer page, Object[] values, int rowCount, Statistics<?> statistics) {
        int packed = 0;
        int count = 0;
        for (int i = 0; i < rowCount; i++) {
            if (values[i] == null) {
                continue;
            }
            boolean value = (Boolean) values[i];
            statistics.updateStats(value);
            packed |= (value ? 1 : 0) << (count % Byte.SIZE);
            count++;
            if (count % Byte.SIZE == 0) {
                page.write(packed);
                packed = 0;
            }
        }
        if (count % Byte.SIZE > 0) {
            page.write(packed);
        }
    }

    private void put(PageBuffer page, Object value, Statistics<?> statistics) {
        switch (type().getPrimitiveTypeName()) {
            case INT32 -> {
                int number =
                        value instanceof Decimal decimal ? (int) decimal.toUnscaledLong() : ((Number) value).intValue();
                page.putInt(number);
                statistics.updateStats(number);
            }
            case INT64 -> {
                long number =
                        value instanceof Decimal decimal ? decimal.toUnscaledLong() : ((Number) value).longValue();
                page.putLong(number);
                statistics.updateStats(number);
            }
            case DOUBLE -> {
                page.putLong(Double.doubleToRawLongBits((Double) value));
                statistics.updateStats((double) (Double) value);
            }
            case BINARY -> {
                byte[] text = ((UTF8String) value).getBytes();
                page.putText(text, 0, text.length);
                statistics.updateStats(Binary.fromConstantByteArray(text));
            }
            case FIXED_LEN_BYTE_ARRAY -> {
                byte[] digits = bytes(((Decimal) value).toJavaBigDecimal().unscaledValue());
                page.write(digits, 0, digits.length);
                statistics.updateStats(Binary.fromConstantByteArray(digits));
            }
            default -> throw new IllegalArgumentException("No column of a table: " + type());
        }
    }

    /** Big-endian, as many bytes for each number. */
    private byte[] bytes(BigInteger number) {
        byte[] digits = number.toByteArray();
        byte[] bytes = new byte[type().getTypeLength()];
        int missing = bytes.length - digits.length;
        Arrays.fill(bytes, 0, missing, (byte) (number.signum() < 0 ? -1 : 0));
        System.arraycopy(digits, 0, bytes, missing, digits.length);
        return bytes;
    }

    @Override
    int putDictionary(PageBuffer dictionary) {
        return 0;
    }

    @Override
    void clear() {
        // There is nothing but the pages.
    }
}
