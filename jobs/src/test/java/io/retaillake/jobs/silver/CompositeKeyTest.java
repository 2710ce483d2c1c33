package io.retaillake.jobs.silver;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.columnar.StringDictionary;
import java.util.List;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class CompositeKeyTest {

    private final StringDictionary keys = new StringDictionary();
    private final CompositeKey key = new CompositeKey();

    @Test
    void tellsKeysApartWhoseTextsTogetherAreTheSame() {
        assertThat(List.of(number("B", "1", "12", "123"), number("B", "11", "2", "123"), number("B1", "", "", "12123")))
                .containsExactly(0, 1, 2);
        assertThat(number("B", "11", "2", "123")).isEqualTo(1);
        assertThat(number("B", null, "11", "2")).isEqualTo(3);
        assertThat(number("B", "", "11", "2")).isEqualTo(4);
        assertThat(number("B", "11", null, "2")).isEqualTo(5);
    }

    @Test
    void knowsAKeyLongerThanAnyBefore() {
        String longText = "가".repeat(10_000);

        assertThat(number("A", "1", "1", longText)).isZero();
        assertThat(number("A", "1", "1", longText + "나")).isEqualTo(1);
        assertThat(number("A", "1", "1", longText)).isZero();
    }

    private int number(String first, String second, String third, String fourth) {
        return key.of(
                        UTF8String.fromString(first),
                        UTF8String.fromString(second),
                        UTF8String.fromString(third),
                        UTF8String.fromString(fourth))
                .numberIn(keys);
    }
}
