package io.retaillake.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StepLineTest {

    @Test
    void isReadAsItWasWritten() {
        StepLine line = new StepLine("bronze", "COPY to files", 12.5, 3.25, 1_000_000_000_000L);
        assertThat(StepLine.parse(line.text())).contains(line);
    }

    @Test
    void isNotMistakenForALineOfALog() {
        assertThat(StepLine.parse("12:00:01 WARN  Utils: stepped on")).isEmpty();
    }
}
