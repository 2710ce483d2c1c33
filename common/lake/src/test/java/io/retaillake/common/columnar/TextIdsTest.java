package io.retaillake.common.columnar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextIdsTest {

    @ParameterizedTest
    @CsvSource({
        "few strings are an array from the beginning, 100, 60",
        "some of many are no array, 3000000, 20000",
        "most of many become an array, 20000, 15000"
    })
    void keepsTheIdOfEachStringWhateverItsForm(String what, int different, int texts) {
        TextIds ids = new TextIds();
        Random random = new Random(5);
        for (int rowGroup = 0; rowGroup < 2; rowGroup++) {
            Map<Integer, Integer> expected = new HashMap<>();
            for (int page = 0; page < 10; page++) {
                // A task meets strings that no dimension has.
                int known = different + 100 * page;
                ids.expect(known);
                for (int i = 0; i < texts / 10; i++) {
                    int text = random.nextInt(known);
                    assertThat(ids.get(text)).as(what).isEqualTo(expected.getOrDefault(text, TextIds.NONE));
                    if (!expected.containsKey(text)) {
                        ids.put(text, expected.size());
                        expected.put(text, expected.size());
                    }
                }
            }
            expected.forEach((text, id) -> assertThat(ids.get(text)).as(what).isEqualTo(id));
            ids.clear();
        }
    }
}
