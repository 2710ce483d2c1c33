package io.retaillake.jobs.bronze;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.job.Window;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PurchaseScopeTest {

    private static final PurchaseScope FEBRUARY =
            PurchaseScope.of(new Window(YearMonth.of(2015, 2), YearMonth.of(2015, 2)));

    @Test
    void takesEverythingWithoutAWindow() {
        PurchaseScope everything = PurchaseScope.of(Window.all());

        assertThat(everything.test("201502")).isTrue();
        assertThat(everything.test("none")).isTrue();
        assertThat(everything.sourceCondition(List.of("201501", "none"))).isEqualTo("true");
    }

    @Test
    void takesTheWindowsMonthsAndTheRowsOfNoMonth() {
        assertThat(FEBRUARY.months()).containsExactly("201502", "none");
    }

    @Test
    void asksTheSourceForWhateverIsNotInAnotherMonth() {
        assertThat(FEBRUARY.sourceCondition(List.of("201501", "201502", "201503", "none")))
                .isEqualTo(
                        "(purchase_date IS NULL OR left(purchase_date COLLATE \"C\", 6) NOT IN ('201501', '201503'))");
    }

    @ParameterizedTest
    @ValueSource(strings = {"201501", "201512", "000101", "999912"})
    void knowsRealMonths(String prefix) {
        assertThat(SourceMonth.of(prefix)).isEqualTo(prefix);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2015", "201500", "201513", "000012", "2015-1", " 20151", "+20151", "２０１５０１", "20150１"})
    void callsEverythingElseNone(String prefix) {
        assertThat(SourceMonth.of(prefix)).isEqualTo("none");
    }
}
