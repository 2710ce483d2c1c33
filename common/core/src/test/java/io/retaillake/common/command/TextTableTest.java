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
    void givesEachRowABlockWhereItsLineIsWiderThanTheTerminal() {
        List<String> names = List.of("province_city", "amount");
        List<List<String>> rows = List.of(List.of("서울특별시", "1234.50"), List.of("Busan", "-7"));
        boolean[] right = {false, true};

        assertThat(TextTable.fittingLines(names, right, rows, 22))
                .isEqualTo(TextTable.fittingLines(names, right, rows, 0))
                .isEqualTo(TextTable.lines(names, right, rows));
        assertThat(TextTable.fittingLines(names, right, rows, 21))
                .containsExactly(
                        "province_city  서울특별시",
                        "amount         1234.50",
                        "",
                        "province_city  Busan",
                        "amount         -7",
                        "");
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

    @Test
    void goesOnInFurtherLinesWhereNothingIsToBeCut() {
        String types = "struct<first:string,".repeat(4);

        assertThat(TextTable.wholeLines(
                        List.of("name", "type", "comment"), new boolean[3], List.of(List.of("a", types, "one\ntwo"))))
                .containsExactly(
                        "name  type                                                          comment",
                        "----  ------------------------------------------------------------  -------",
                        "a     struct<first:string,struct<first:string,struct<first:string,  one",
                        "      struct<first:string,                                          two");
        assertThat(TextTable.wholeLines(List.of("plan"), new boolean[1], List.of(List.of("x".repeat(99) + "\n+- y\n"))))
                .endsWith("x".repeat(99), "+- y");
    }
}
