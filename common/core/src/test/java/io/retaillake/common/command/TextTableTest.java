package io.retaillake.common.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {

    @Test
    void alignsKoreanTextAndNumbers() {
        assertThat(TextTable.lines(
                        List.of("province_city", "amount"),
                        new boolean[] {false, true},
                        List.of(List.of("서울특별시", "1234.50"), List.of("Busan", "-7"))))
                .containsExactly(
                        "province_city   amount",
                        "-------------  -------",
                        "서울특별시     1234.50",
                        "Busan               -7");
    }

    @Test
    void cutsWhatIsTooWide() {
        String wide = "가".repeat(31);

        assertThat(TextTable.lines(List.of("text"), new boolean[1], List.of(List.of(wide))))
                .last()
                .isEqualTo("가".repeat(30) + "...");
    }

    @Test
    void keepsARowOnItsLine() {
        assertThat(TextTable.lines(List.of("text"), new boolean[1], List.of(List.of("a\nb\u001b[2J"))))
                .last()
                .isEqualTo("a\\u000ab\\u001b[2J");
    }
}
