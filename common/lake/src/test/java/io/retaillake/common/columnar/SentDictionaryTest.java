package io.retaillake.common.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.apache.spark.util.Utils;
import org.junit.jupiter.api.RepeatedTest;

/** Dictionaries as another task gets them. */
class SentDictionaryTest {

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @RepeatedTest(5)
    void keepsCodesAndGoesOnFromThem() {
        ColumnDictionary texts = new ColumnDictionary();
        ColumnDictionary numbers = new ColumnDictionary();
        int count = random.nextInt(300);
        for (int i = 0; i < count; i++) {
            texts.codeOf((Object) ("글자" + "x".repeat(random.nextInt(20)) + random.nextInt(200)));
            numbers.codeOf((Object) (random.nextLong() % 200));
        }

        ColumnDictionary sentTexts = sent(texts);
        ColumnDictionary sentNumbers = sent(numbers);

        assertThat(sentTexts.endOfCodes()).as("seed %d", seed).isEqualTo(texts.endOfCodes());
        for (int code = 0; code < texts.endOfCodes(); code++) {
            assertThat(sentTexts.text(code)).as("seed %d", seed).isEqualTo(texts.text(code));
            assertThat(sentTexts.codeOf(texts, code)).as("seed %d", seed).isEqualTo(code);
            assertThat(sentTexts.hash(code, 7)).as("seed %d", seed).isEqualTo(texts.hash(code, 7));
        }
        for (int code = 0; code < numbers.endOfCodes(); code++) {
            assertThat(sentNumbers.number(code)).as("seed %d", seed).isEqualTo(numbers.number(code));
            assertThat(sentNumbers.codeOf(numbers, code)).as("seed %d", seed).isEqualTo(code);
        }
        assertThat(sentTexts.codeOf((Object) "new")).as("seed %d", seed).isEqualTo(texts.endOfCodes());
        assertThat(sentNumbers.codeOf((Object) 1000L)).as("seed %d", seed).isEqualTo(numbers.endOfCodes());
    }

    private static ColumnDictionary sent(ColumnDictionary dictionary) {
        return Utils.deserialize(Utils.serialize(dictionary));
    }
}
