package io.retaillake.common.columnar;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.file.Codec;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.file.ZstandardCodec;

/**
 * Avro's codec {@code zstandard}, a block in one call. Avro's own makes a stream for each block and copies through it, which
 * takes as long again as to decompress the block.
 */
public final class ZstandardBlocks extends Codec {

    /** The level that Iceberg takes. */
    private static final int LEVEL = 1;

    /** The blocks have checksums, so that damage is not read as other rows. */
    public static final CodecFactory CODEC = new CodecFactory() {
        @Override
        protected Codec createInstance() {
            return new ZstandardBlocks();
        }
    };

    /** A block that says to be longer may be damaged: memory for it is taken bit by bit. */
    private static final long LONGEST_BLOCK_BYTES = 16 << 20;

    private final Codec streams = new ZstandardCodec(LEVEL, true, true);

    ZstandardBlocks() {}

    /** Makes Avro read by it all files of this codec that are opened in this process from now on. */
    public static void register() {
        CodecFactory.addCodec(DataFileConstants.ZSTANDARD_CODEC, CODEC);
    }

    @Override
    public String getName() {
        return DataFileConstants.ZSTANDARD_CODEC;
    }

    @Override
    public ByteBuffer compress(ByteBuffer block) {
        int start = block.arrayOffset() + block.position();
        byte[] compressed = new byte[Math.toIntExact(Zstd.compressBound(block.remaining()))];
        long length = Zstd.compressByteArray(
                compressed, 0, compressed.length, block.array(), start, block.remaining(), LEVEL, true);
        return ByteBuffer.wrap(compressed, 0, Math.toIntExact(length));
    }

    @Override
    public ByteBuffer decompress(ByteBuffer compressed) throws IOException {
        int start = compressed.arrayOffset() + compressed.position();
        long length = Zstd.decompressedSize(compressed.array(), start, compressed.remaining());
        // A block that another writer made as a stream does not tell its length.
        if (length <= 0 || length > LONGEST_BLOCK_BYTES) {
            return streams.decompress(compressed);
        }
        // Avro keeps the array to read the next block into, so each block needs one of its own.
        byte[] block = new byte[Math.toIntExact(length)];
        try {
            long read =
                    Zstd.decompressByteArray(block, 0, block.length, compressed.array(), start, compressed.remaining());
            return ByteBuffer.wrap(block, 0, Math.toIntExact(read));
        } catch (ZstdException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ZstandardBlocks;
    }

    @Override
    public int hashCode() {
        return getName().hashCode();
    }
}
