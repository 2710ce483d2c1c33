package io.retaillake.common.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonElementsTest {

    private static final String DEEP = "{\"a\\\"]\":" + "[".repeat(100) + "\"]}\\\\\"" + "]".repeat(100) + "}";

    @Test
    void areGivenAsTheyWereWritten() {
        assertThat(elements(" [1, \"a,]\" , {\"b\" : [ ]}] ")).contains(List.of("1", "\"a,]\"", "{\"b\" : [ ]}"));
        assertThat(elements("[]")).contains(List.of());
    }

    @Test
    void oneThatIsTooDeepDoesNotCostTheOthers() {
        assertThat(elements("[1," + DEEP + ",2]")).contains(List.of("1", DEEP, "2"));
        assertThat(elements("[" + DEEP + "]")).contains(List.of(DEEP));
    }

    @Test
    void thereAreNoneOfWhatIsNoArray() {
        assertThat(elements("{}")).isEmpty();
        assertThat(elements("[1,]")).isEmpty();
        assertThat(elements("[1] 2")).isEmpty();
        assertThat(elements("[1," + DEEP)).isEmpty();
        assertThat(elements("[" + DEEP.substring(0, 150))).isEmpty();
        assertThat(elements("")).isEmpty();
    }

    private static Optional<List<String>> elements(String json) {
        return JsonElements.of(json.getBytes(StandardCharsets.UTF_8))
                .map(elements -> elements.stream()
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                        .toList());
    }
}
