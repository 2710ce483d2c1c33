package io.retaillake.jobs.silver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class KeyDictionaryTest {

    private final KeyDictionary keys = new KeyDictionary();

    @Test
    void numbersKeysInTheOrderOfTheirFirstAppearance() {
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
    void tellsKeysApartWhoseTextsTogetherAreTheSame() {
        assertThat(List.of(number("B", "1", "12", "123"), number("B", "11", "2", "123"), number("B1", "", "", "12123")))
                .containsExactly(0, 1, 2);
        assertThat(number("B", "11", "2", "123")).isEqualTo(1);
    }

    @Test
    void knowsAKeyLongerThanAnyBefore() {
        String longText = "가".repeat(10_000);

        assertThat(number("A", "1", "1", longText)).isZero();
        assertThat(number("A", "1", "1", longText + "나")).isEqualTo(1);
        assertThat(number("A", "1", "1", longText)).isZero();
    }

    private int number(String first, String second, String third, String fourth) {
        return keys.numberOf(
                UTF8String.fromString(first),
                UTF8String.fromString(second),
                UTF8String.fromString(third),
                UTF8String.fromString(fourth));
    }
}
