package io.retaillake.common.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunLengthBitPackingEncoderTest {

    private final Random random = new Random(11);

    /** Of {@code bits} bits, each repeated up to {@code mostRepeated} times. */
    @ParameterizedTest
    @CsvSource({
        "0,20000,20000",
        "0,3,1",
        "1,20000,1",
        "1,20000,30",
        "1,1,1",
        "2,7,1",
        "3,8,1",
        "4,9,2",
        "5,504,1",
        "5,505,1",
        "7,513,1",
        "8,1000,20",
        "9,20000,9",
        "12,0,1",
        "13,20000,3",
        "15,20000,1",
        "15,20000,8",
        "15,20000,1000",
        "16,17,17",
        "17,20000,2",
        "24,1001,7",
        "31,20000,2"
    })
    void isReadAsItWasByParquetAndByOurReader(int bits, int count, int mostRepeated) throws IOException {
        int[] numbers = numbers(bits, count, mostRepeated);
        byte[] packed = pack(bits, numbers, count);

        RunLengthBitPackingHybridDecoder decoder =
                new RunLengthBitPackingHybridDecoder(bits, new ByteArrayInputStream(packed));
        int[] byParquet = new int[count];
        for (int i = 0; i < count; i++) {
            byParquet[i] = decoder.readInt();
        }
        int[] byOurs = new int[count];
        new RunLengthBitPackingDecoder(ByteBuffer.wrap(packed), bits).read(byOurs, 0, count);

        assertThat(byParquet).isEqualTo(IntStream.of(numbers).limit(count).toArray());
        assertThat(byOurs).isEqualTo(byParquet);
        assertThat(packed.length).isLessThanOrEqualTo(packedByParquet(bits, byParquet));
    }

    /** With others behind them, which must not get in. */
    private int[] numbers(int bits, int count, int mostRepeated) {
        int[] numbers = new int[count + 5];
        int next = 0;
        while (next < numbers.length) {
            int number = random.nextInt() & (int) ((1L << bits) - 1);
            for (int left = 1 + random.nextInt(mostRepeated); left > 0 && next < numbers.length; left--) {
                numbers[next++] = number;
            }
        }
        return numbers;
    }

    private static byte[] pack(int bits, int[] numbers, int count) throws IOException {
        try (PageBuffer page = new PageBuffer()) {
            page.clear();
            RunLengthBitPackingEncoder.put(page, bits, numbers, count);
            return Zstd.decompress(
                    page.compress(new PageCompression(CompressionCodecName.ZSTD, 3))
                            .toByteArray(),
                    page.length());
        }
    }

    private static int packedByParquet(int bits, int[] numbers) throws IOException {
        RunLengthBitPackingHybridEncoder encoder =
                new RunLengthBitPackingHybridEncoder(bits, 64, 1 << 16, new HeapByteBufferAllocator());
        for (int number : numbers) {
            encoder.writeInt(number);
        }
        return Math.toIntExact(encoder.toBytes().size());
    }
}
