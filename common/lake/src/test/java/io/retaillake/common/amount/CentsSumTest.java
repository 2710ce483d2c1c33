package io.retaillake.common.amount;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CentsSumTest {

    @Test
    void isZeroOverNothing() {
        assertThat(new CentsSum().won()).isEqualTo("0.00");
    }

    @Test
    void addsSalesAndReturns() {
        CentsSum sum = new CentsSum();
        sum.add(12_345);
        sum.add(-45);

        assertThat(sum.won()).isEqualTo("123.00");
    }

    @Test
    void isExactBeyondWhatALongHolds() {
        CentsSum sum = new CentsSum();
        for (int i = 0; i < 3; i++) {
            sum.add(Long.MAX_VALUE);
        }
        sum.add(1);
        assertThat(sum.won()).isEqualTo("276701161105643274.22");

        for (int i = 0; i < 3; i++) {
            sum.add(-Long.MAX_VALUE);
        }
        assertThat(sum.won()).isEqualTo("0.01");
    }
}
