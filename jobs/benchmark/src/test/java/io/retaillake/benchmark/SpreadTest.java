package io.retaillake.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void takesTheMiddleOfAnOddNumberOfRounds() {
        assertThat(Spread.of(List.of(9.0, 1.0, 4.0))).isEqualTo(new Spread(4, 1, 9));
    }

    @Test
    void takesTheMeanOfTheTwoMiddleOnesOfAnEvenNumber() {
        assertThat(Spread.of(List.of(9.0, 1.0, 4.0, 6.0))).isEqualTo(new Spread(5, 1, 9));
    }

    @Test
    void showsNoEndsWhereThereIsNothingBetweenThem() {
        assertThat(new Spread(1.01, 1.00, 1.04).text(1)).isEqualTo("1.0");
        assertThat(new Spread(1.01, 1.00, 1.04).text(2)).isEqualTo("1.01 (1.00–1.04)");
    }
}
