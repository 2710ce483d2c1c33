package io.retaillake.common.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StringDictionaryTest {

    private final StringDictionary numbers = new StringDictionary();

    /** Strings of eight bytes and less are compared as one number, longer ones byte by byte. */
    @Test
    void tellsTextsApartThatDifferInLengthOrAnyByte() {
        Map<String, Integer> expected = new LinkedHashMap<>();
        for (int length = 0; length <= 20; length++) {
            String text = "a".repeat(length);
            expected.putIfAbsent(text, expected.size());
            expected.putIfAbsent(text + "\0", expected.size());
            for (int changed = 0; changed < length; changed++) {
                expected.putIfAbsent(text.substring(0, changed) + "b" + text.substring(changed + 1), expected.size());
            }
        }

        expected.forEach((text, number) -> assertThat(numberOf(text)).isEqualTo(number));
        expected.forEach((text, number) -> {
            assertThat(numberOf(text)).isEqualTo(number);
            assertThat(numbers.text(number)).hasToString(text);
        });
        assertThat(numbers.size()).isEqualTo(expected.size());
    }

    @Test
    void readsNothingBesideTheText() {
        byte[] bytes = "xCODE1yCODE1".getBytes(StandardCharsets.UTF_8);

        assertThat(numbers.numberOf(bytes, 1, 5)).isZero();
        assertThat(numbers.numberOf(bytes, 0, 6)).isEqualTo(1);
        assertThat(numbers.numberOf(bytes, 7, 5)).as("at the array's end").isZero();
    }

    private int numberOf(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return numbers.numberOf(bytes, 0, bytes.length);
    }
}
