package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.local.JobLine.Progress;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class JobProgressTest {

    private static final OptionalLong EXPECTED = OptionalLong.of(28_593_030);

    @Test
    void showsRowsPercentRateAndTimeLeft() {
        JobProgress progress = JobProgress.starting(0)
                .after(new Progress("extract bronze.purchase", 0, EXPECTED), seconds(5))
                .after(new Progress("extract bronze.purchase", 7_148_258, EXPECTED), seconds(15));

        assertThat(progress.line())
                .isEqualTo("extract bronze.purchase  7,148,258 of 28,593,030 rows (25%)  714,826 rows/s  30 s left");
    }

    @Test
    void startsTheRateAnewWithEachStep() {
        JobProgress progress = JobProgress.starting(0)
                .after(new Progress("read", 1_000_000, OptionalLong.empty()), seconds(100))
                .after(new Progress("write", 0, OptionalLong.empty()), seconds(101))
                .after(new Progress("write", 300, OptionalLong.empty()), seconds(104));

        assertThat(progress.line()).isEqualTo("write  300 rows  100 rows/s");
    }

    @Test
    void promisesNothingOnceAnEstimateIsExceeded() {
        JobProgress progress = JobProgress.starting(0)
                .after(new Progress("read", 0, OptionalLong.of(100)), seconds(1))
                .after(new Progress("read", 150, OptionalLong.of(100)), seconds(2));

        assertThat(progress.line()).isEqualTo("read  150 of 100 rows (100%)  150 rows/s");
    }

    @Test
    void saysOnlyThatItStartsBeforeTheFirstReport() {
        assertThat(JobProgress.starting(0).line()).isEqualTo("starting");
    }

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }
}
