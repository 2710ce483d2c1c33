package io.retaillake.jobs.bronze;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CtidRangesTest {

    @Test
    void splitsPagesIntoRangesWithoutGapOrOverlap() {
        assertThat(CtidRanges.split(new PageRange(5, 15), 3))
                .containsExactly(
                        "ctid >= '(5,0)'::tid AND ctid < '(8,0)'::tid",
                        "ctid >= '(8,0)'::tid AND ctid < '(11,0)'::tid",
                        "ctid >= '(11,0)'::tid AND ctid < '(15,0)'::tid");
    }

    @Test
    void neverSplitsIntoMoreRangesThanPages() {
        assertThat(CtidRanges.split(new PageRange(0, 2), 8)).hasSize(2);
    }

    @Test
    void hasOneRangeOfNoPages() {
        assertThat(CtidRanges.split(PageRange.NONE, 8)).containsExactly("ctid >= '(0,0)'::tid AND ctid < '(0,0)'::tid");
    }

    @Test
    void addsRangesOfPagesUpToTheSmallestThatHoldsBoth() {
        assertThat(PageRange.ofRows("(7,12)", "(9,1)").plus(PageRange.ofRows("(3,1)", "(4,2)")))
                .isEqualTo(new PageRange(3, 10));
        assertThat(PageRange.NONE.plus(new PageRange(3, 4))).isEqualTo(new PageRange(3, 4));
        assertThat(new PageRange(3, 4).plus(PageRange.NONE)).isEqualTo(new PageRange(3, 4));
    }
}
