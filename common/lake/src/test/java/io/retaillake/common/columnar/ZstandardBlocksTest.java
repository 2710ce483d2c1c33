package io.retaillake.common.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.file.Codec;
import org.apache.avro.file.ZstandardCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ZstandardBlocksTest {

    private static final int LONGER_THAN_ANY_IN_ONE_CALL = (16 << 20) + 1;

    private final Codec blocks = new ZstandardBlocks();
    private final Codec avros = new ZstandardCodec(1, true, true);

    static Stream<byte[]> contents() {
        return Stream.of(
                new byte[0], new byte[] {7}, purchases(64_000), random(64_000), new byte[LONGER_THAN_ANY_IN_ONE_CALL]);
    }

    @ParameterizedTest
    @MethodSource("contents")
    void everyReaderOfAvroReadsItsBlocks(byte[] content) throws IOException {
        assertThat(bytes(avros.decompress(blocks.compress(amid(content))))).isEqualTo(content);
        assertThat(bytes(blocks.decompress(blocks.compress(amid(content))))).isEqualTo(content);
    }

    @ParameterizedTest
    @MethodSource("contents")
    void readsTheBlocksOfOtherWriters(byte[] content) throws IOException {
        assertThat(bytes(blocks.decompress(amid(bytes(avros.compress(amid(content)))))))
                .isEqualTo(content);
    }

    @Test
    void neverGivesOtherBytesThanWereWritten() throws IOException {
        byte[] content = purchases(2_000);
        byte[] compressed = bytes(blocks.compress(ByteBuffer.wrap(content)));

        int failed = 0;
        for (int i = 0; i < compressed.length; i++) {
            byte[] damaged = compressed.clone();
            damaged[i] ^= 0x40;
            try {
                // A bit that the format does not use may be any.
                assertThat(bytes(blocks.decompress(ByteBuffer.wrap(damaged)))).isEqualTo(content);
            } catch (IOException expected) {
                failed++;
            }
        }
        assertThat(failed).isGreaterThan(compressed.length - 5);
    }

    private static byte[] purchases(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < length; i++) {
            text.append("가|R").append(i).append("|20150131|").append(i * Math.PI);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    /** The content amid other bytes of an array that begins before the buffer, as Avro gives it. */
    private static ByteBuffer amid(byte[] content) {
        byte[] array = new byte[content.length + 10];
        System.arraycopy(content, 0, array, 5, content.length);
        return ByteBuffer.wrap(array, 2, content.length + 3).slice().position(3);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
