package io.retaillake.common.columnar;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.values.bitpacking.BytePacker;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * The bytes of one page after the other, as Parquet lays them out, and their compressed form. One serves all pages that a
 * task writes, because a context of zstd costs more than the compression of a small page.
 */
public final class PageBuffer extends OutputStream {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int BITS_PER_BYTE = 7;
    private static final int MORE = 1 << BITS_PER_BYTE;

    private final ZstdCompressCtx zstd = new ZstdCompressCtx();
    private byte[] bytes = new byte[1 << 16];
    private byte[] compressed = new byte[1 << 16];
    private int length;
    private int[] numbers = new int[0];
    private int[] ids = new int[0];
    private CodecFactory otherCodecs;

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

    /** Room for the dictionary ids of the rows of the page that is about to be begun; until then, no other page may be made. */
    int[] roomForIds(int count) {
        if (ids.length < count) {
            ids = new int[count];
        }
        return ids;
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
    BytesInput compress(PageCompression compression) {
        if (compression.codec() != CompressionCodecName.ZSTD) {
            return compressOtherwise(compression.codec());
        }
        int most = Math.toIntExact(Zstd.compressBound(length));
        if (compressed.length < most) {
            compressed = new byte[most];
        }
        int count = zstd.setLevel(compression.level())
                .compressByteArray(compressed, 0, compressed.length, bytes, 0, length);
        return BytesInput.from(Arrays.copyOf(compressed, count));
    }

    private BytesInput compressOtherwise(CompressionCodecName codec) {
        if (otherCodecs == null) {
            otherCodecs = new CodecFactory(new Configuration(), bytes.length);
        }
        try {
            // The compressor's own bytes are the next page's, too.
            return BytesInput.copy(otherCodecs.getCompressor(codec).compress(BytesInput.from(bytes, 0, length)));
        } catch (IOException e) {
            throw new UncheckedIOException("Can't compress a page by " + codec, e);
        }
    }

    private void ensureRoom(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.multiplyExact(2, bytes.length), Math.addExact(length, count)));
        }
    }

    @Override
    public void close() {
        zstd.close();
        if (otherCodecs != null) {
            otherCodecs.release();
        }
    }
}
