package io.retaillake.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcStatTest {

    @Test
    void readsTimesOfAProcessWhoseNameHoldsBlanksAndParentheses() {
        ProcStat process =
                ProcStat.parse("42 (postgres: a (b) c) S 7 42 42 0 -1 4194304 1 2 3 4 150 50 300 100 20 0 1 0 99 1 2");
        assertThat(process).isEqualTo(new ProcStat(42, "postgres: a (b) c", 7, 2.0, 4.0));
    }
}
