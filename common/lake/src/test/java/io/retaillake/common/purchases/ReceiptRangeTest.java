package io.retaillake.common.purchases;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReceiptRangeTest {

    @Test
    void sharesNothingWhereRangesAreApart() {
        assertThat(shared(range("20", "29"), range("10", "19"), range("30", "30")))
                .isEmpty();
        assertThat(shared(range("10", "99"))).isEmpty();
        assertThat(shared()).isEmpty();
    }

    @Test
    void sharesTheNumberInWhichTwoRangesMeet() {
        assertThat(shared(range("10", "20"), range("20", "30"))).containsExactly(range("20", "20"));
    }

    @Test
    void sharesWhatIsInsideOfAnother() {
        assertThat(shared(range("10", "90"), range("20", "30"), range("50", "60")))
                .containsExactly(range("20", "30"), range("50", "60"));
    }

    @Test
    void joinsWhatSeveralPairsShare() {
        assertThat(shared(range("10", "50"), range("20", "70"), range("40", "90"), range("95", "99")))
                .containsExactly(range("20", "70"));
    }

    @Test
    void takesAMissingBoundForNoBound() {
        assertThat(shared(range(null, null), range("10", "20"), range("15", null)))
                .containsExactly(range("10", null));
        assertThat(shared(range(null, null), range(null, "20"))).containsExactly(range(null, "20"));
        assertThat(range(null, "20").span(range("10", null))).isEqualTo(range(null, null));
        assertThat(range("10", "30").span(range("20", "25"))).isEqualTo(range("10", "30"));
    }

    @Test
    void comparesTextByItsUtf8Bytes() {
        // Java compares UTF-16, in which a character beyond its 65,536 comes before one of the last thousands of them.
        String emoji = "\uD83D\uDE00";
        String fullWidth = "\uFF21";

        assertThat(shared(range("가", fullWidth), range(emoji, emoji))).isEmpty();
        assertThat(shared(range("가", emoji), range(fullWidth, fullWidth))).containsExactly(range(fullWidth, fullWidth));
        assertThat(shared(range("10", "가가"), range("가", "나"))).containsExactly(range("가", "가가"));
        assertThat(shared(range("9", "9"), range("10", "80"))).isEmpty();
    }

    private static List<ReceiptRange> shared(ReceiptRange... ranges) {
        return ReceiptRange.shared(Stream.of(ranges).toList());
    }

    private static ReceiptRange range(String first, String last) {
        return new ReceiptRange(first, last);
    }
}
