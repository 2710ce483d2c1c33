package io.retaillake.common.columnar;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.values.bitpacking.BytePacker;

/**
 * The bytes of one page after the other, as Parquet lays them out, and their compressed form. One serves all pages that a
 * task writes, because a context of zstd costs more than the compression of a small page.
 */
public final class PageBuffer extends OutputStream {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int BITS_PER_BYTE = 7;
    private static final int MORE = 1 << BITS_PER_BYTE;

    /** What Iceberg and Parquet take unless told otherwise. */
    private static final int ZSTD_LEVEL = 3;

    private final ZstdCompressCtx zstd = new ZstdCompressCtx().setLevel(ZSTD_LEVEL);
    private byte[] bytes = new byte[1 << 16];
    private byte[] compressed = new byte[1 << 16];
    private int length;
    private int[] numbers = new int[0];

    void clear() {
        length = 0;
    }

    /** Room for numbers that are about to be put; what was in it before may be lost. */
    int[] roomForNumbers(int count) {
        if (numbers.length < count) {
            numbers = new int[count];
        }
        return numbers;
    }

    int length() {
        return length;
    }

    @Override
    public void write(int oneByte) {
        ensureRoom(1);
        bytes[length++] = (byte) oneByte;
    }

    @Override
    public void write(byte[] from, int start, int count) {
        ensureRoom(count);
        System.arraycopy(from, start, bytes, length, count);
        length += count;
    }

    void putInt(int value) {
        ensureRoom(Integer.BYTES);
        INT.set(bytes, length, value);
        length += Integer.BYTES;
    }

    void putLong(long value) {
        ensureRoom(Long.BYTES);
        LONG.set(bytes, length, value);
        length += Long.BYTES;
    }

    /** A whole number that is not negative, seven bits a byte, the low ones first. */
    void putUnsigned(int number) {
        int rest = number;
        while (rest >= MORE) {
            write((rest & (MORE - 1)) | MORE);
            rest >>>= BITS_PER_BYTE;
        }
        write(rest);
    }

    /** Eight of {@code numbers}, packed. */
    void putPacked(BytePacker packer, int[] numbers, int start) {
        ensureRoom(packer.getBitWidth());
        packer.pack8Values(numbers, start, bytes, length);
        length += packer.getBitWidth();
    }

    /** A string as Parquet's plain encoding has it: its length and its bytes. */
    void putText(byte[] from, int start, int count) {
        putInt(count);
        write(from, start, count);
    }

    /** Puts the number of bytes since {@code start} into the four bytes before. */
    void setLengthBefore(int start) {
        INT.set(bytes, start - Integer.BYTES, length - start);
    }

    /** What was put since {@link #clear}, compressed. */
    BytesInput compress() {
        int most = Math.toIntExact(Zstd.compressBound(length));
        if (compressed.length < most) {
            compressed = new byte[most];
        }
        int count = zstd.compressByteArray(compressed, 0, compressed.length, bytes, 0, length);
        return BytesInput.from(Arrays.copyOf(compressed, count));
    }

    private void ensureRoom(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.multiplyExact(2, bytes.length), Math.addExact(length, count)));
        }
    }

    @Override
    public void close() {
        zstd.close();
    }
}
