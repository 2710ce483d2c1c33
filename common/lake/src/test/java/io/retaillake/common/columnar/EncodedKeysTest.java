package io.retaillake.common.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class EncodedKeysTest {

    @Test
    void numbersKeysInTheOrderOfTheirFirstAppearance() {
        EncodedKeys keys = new EncodedKeys(new StringDictionary());
        Random random = new Random(3);
        Map<String, Integer> expected = new HashMap<>();
        List<String> texts = new ArrayList<>(List.of(""));
        for (int i = 0; i < 20_000; i++) {
            texts.add("고객 " + random.nextInt(9_000));
        }

        for (String text : texts) {
            expected.putIfAbsent(text, expected.size());
            assertThat(keys.numberOf(UTF8String.fromString(text))).isEqualTo(expected.get(text));
        }
        assertThat(keys.size()).isEqualTo(expected.size());
    }

    @Test
    void numbersKeysOfItsOwnAfterThoseThatItSharesWithOthers() {
        StringDictionary shared = new StringDictionary(2);
        List.of("00001", "00002", "고객 00003").forEach(key -> shared.add(UTF8String.fromString(key)));
        EncodedKeys first = new EncodedKeys(shared);
        EncodedKeys second = new EncodedKeys(shared);

        assertThat(first.numberOf(UTF8String.fromString("77777"))).isEqualTo(3);
        assertThat(first.numberOf(UTF8String.fromString("고객 00003"))).isEqualTo(2);
        assertThat(first.numberOf(UTF8String.fromString("88888"))).isEqualTo(4);
        assertThat(second.numberOf(UTF8String.fromString("00001"))).isZero();
        assertThat(first.text(4).toStringUsingUTF8()).isEqualTo("88888");
        assertThat(first.text(2).toStringUsingUTF8()).isEqualTo("고객 00003");
        assertThat(shared.size()).isEqualTo(3);
    }

    /** Spark's rows may have their strings outside of the heap. */
    @Test
    void knowsAKeyOutsideOfTheHeap() {
        EncodedKeys keys = new EncodedKeys(new StringDictionary());
        keys.numberOf(UTF8String.fromString("00001"));
        byte[] bytes = "00001".getBytes(StandardCharsets.UTF_8);
        long address = Platform.allocateMemory(bytes.length);
        try {
            for (int i = 0; i < bytes.length; i++) {
                Platform.putByte(null, address + i, bytes[i]);
            }

            assertThat(keys.numberOf(UTF8String.fromAddress(null, address, bytes.length)))
                    .isZero();
        } finally {
            Platform.freeMemory(address);
        }
    }
}
