package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretWatchTest {

    private static final String PASSWORD = "a\"b\\c/d e한";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x a\"b\\c/d e한 y",
                "{\"password\":\"a\\\"b\\\\c/d e한\"}",
                "a\\\"b\\\\c/d e\\ud55c",
                "?password=a%22b%5Cc%2Fd+e%ED%95%9C&",
                "?password=a%22b%5Cc%2Fd%20e%ED%95%9C",
                "YSJiXGMvZCBl7ZWc",
                "Authorization: Basic cmVhZGVyOmEiYlxjL2QgZe2VnA==",
                "Authorization: Basic cmVhZDphImJcYy9kIGXtlZw="
            })
    void findsAPasswordInEveryForm(String leak) {
        assertThat(leaks(leak)).containsExactly("a file");
    }

    @Test
    void findsNoneWhereThereIsNone() {
        assertThat(leaks("a\"b\\c/d e 한")).isEmpty();
    }

    private static Iterable<String> leaks(String text) {
        SecretWatch watch = new SecretWatch(List.of(PASSWORD));
        watch.inspect(text, "a file");
        return watch.leaks();
    }
}
