package io.retaillake.executions;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.job.Window;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExecutionNameTest {

    private static final YearMonth JANUARY = YearMonth.of(2015, 1);
    private static final YearMonth MARCH = YearMonth.of(2015, 3);

    @Test
    void namesWindowsAsTheScheduleDoes() {
        assertThat(ExecutionName.first(Window.all()).text()).isEqualTo("all");
        assertThat(ExecutionName.first(new Window(JANUARY, JANUARY)).text()).isEqualTo("2015-01");
        assertThat(ExecutionName.first(new Window(JANUARY, MARCH)).text()).isEqualTo("2015-01_2015-03");
        assertThat(ExecutionName.first(new Window(JANUARY, MARCH)).next().text())
                .isEqualTo("2015-01_2015-03-r2");
    }

    @Test
    void givesThePipelineItsInput() {
        assertThat(ExecutionName.first(Window.all()).input()).isEqualTo("{\"window\": \"all\"}");
        assertThat(ExecutionName.first(new Window(JANUARY, MARCH)).input())
                .isEqualTo("{\"from\": \"2015-01\", \"to\": \"2015-03\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "all, all, 1",
        "all-r7, all, 7",
        "2015-01, 2015-01..2015-01, 1",
        "2015-01-r2, 2015-01..2015-01, 2",
        "2015-01_2015-03-r12, 2015-01..2015-03, 12"
    })
    void readsItsOwnNames(String name, String window, int run) {
        assertThat(ExecutionName.parse(name)).hasValueSatisfying(parsed -> {
            assertThat(parsed.window()).hasToString(window);
            assertThat(parsed.run()).isEqualTo(run);
            assertThat(parsed.text()).isEqualTo(name);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2015-13",
                "2015-03_2015-01",
                "2015-01_2015-01",
                "2015-01-r1",
                "2015-01-r02",
                "2015-01-r",
                "8c3d2f1e-0000-4444-8888-123456789abc"
            })
    void readsNothingElse(String name) {
        assertThat(ExecutionName.parse(name)).isEmpty();
    }
}
