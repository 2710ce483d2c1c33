package io.retaillake.common.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestPathTest {

    @ParameterizedTest
    @CsvSource(
            emptyValue = "",
            value = {
                "/, /",
                "'', ''",
                "/api/users, /api/users",
                "/주문/목록, /주문/목록",
                "/search?q=kim&page=2#top, /search?q=&page=",
                "/search?q=a=b, /search?q=",
                "/search?kim, /search",
                "/search?kim&q=lee;page=2, /search?q=&page=",
                "/search?, /search",
                "/search?=kim, /search?=",
                "/search?q=a?b=c, /search?q=",
                "/cart;jsessionid=1A2B/items;v=1?x=1, /cart/items?x=",
                "/a#kim?q=1, /a",
                "?q=kim, ?q=",
            })
    void keepsNamesOfTheQueryOnly(String path, String expected) {
        assertThat(RequestPath.withoutValues(path)).isEqualTo(expected);
    }
}
