package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.registry.JobDefinition;
import io.retaillake.jobs.RetailJobs;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RunEstimateTest {

    private static final OptionalLong PURCHASES = OptionalLong.of(28_593_030);

    private final RunEstimate estimate = new RunEstimate(
            List.of(RetailJobs.EXTRACT_DIMENSIONS, RetailJobs.EXTRACT_PURCHASES, RetailJobs.BUILD_PURCHASES), 0);

    @Test
    void promisesNothingBeforeItKnowsTheMachineAndTheRows() {
        estimate.started(RetailJobs.EXTRACT_DIMENSIONS, 0);
        estimate.progress(new JobLine.Progress("copy", 0, OptionalLong.of(10_000)), seconds(2));

        assertThat(estimate.lines(seconds(3)))
                .containsExactly(
                        List.of("job 1 of 3: ExtractDimensions", "3 s"),
                        List.of("  copy", "0 of 10,000 rows (0%)"),
                        List.of("all jobs: 3 s", "time left not known"));

        estimate.ended(done(RetailJobs.EXTRACT_DIMENSIONS, 6.6, false));
        estimate.started(RetailJobs.EXTRACT_PURCHASES, seconds(7));
        assertThat(estimate.runSecondsLeft(seconds(8))).isEmpty();
    }

    @Test
    void tellsTheTimeLeftByWhatJobsWeighAndHowLongThoseBeforeTook() {
        estimate.started(RetailJobs.EXTRACT_DIMENSIONS, 0);
        // Twice what it took where it was measured.
        estimate.ended(done(RetailJobs.EXTRACT_DIMENSIONS, 6.6, false));
        estimate.started(RetailJobs.EXTRACT_PURCHASES, seconds(7));
        estimate.progress(new JobLine.Progress("extract bronze.purchase", 0, PURCHASES), seconds(10));
        estimate.progress(new JobLine.Progress("extract bronze.purchase", 7_148_258, PURCHASES), seconds(20));

        assertThat(estimate.lines(seconds(20)))
                .containsExactly(
                        List.of("job 2 of 3: ExtractPurchases", "13 s", "about 44 s left"),
                        List.of("  extract bronze.purchase", "7,148,258 of 28,593,030 rows (25%)", "714,826 rows/s"),
                        List.of("all jobs: 20 s", "about 86 s left"));
    }

    @Test
    void countsOnTheLaterJobsOnlyOnceAJobTakesLongerThanItsWeight() {
        estimate.started(RetailJobs.EXTRACT_DIMENSIONS, 0);
        estimate.ended(done(RetailJobs.EXTRACT_DIMENSIONS, 3.3, false));
        estimate.started(RetailJobs.EXTRACT_PURCHASES, seconds(4));
        estimate.progress(new JobLine.Progress("check bronze.purchase", 0, PURCHASES), seconds(5));

        assertThat(estimate.runSecondsLeft(seconds(30))).hasValue(23);
        assertThat(estimate.jobSecondsLeft(seconds(40))).isEmpty();
        assertThat(estimate.runSecondsLeft(seconds(40))).hasValue(21);
    }

    @Test
    void followsADifferentEstimateByAndBy() {
        SteadyEnd end = new SteadyEnd();
        assertThat(end.secondsLeft(60, 0)).isEqualTo(60);
        assertThat(end.secondsLeft(59, seconds(1))).isEqualTo(59);
        assertThat(end.secondsLeft(358, seconds(2))).isEqualTo(78);
        long told = 0;
        for (int second = 3; second <= 60; second++) {
            told = end.secondsLeft(360 - second, seconds(second));
        }
        assertThat(told).isBetween(290L, 300L);
    }

    @Test
    void learnsNothingFromAJobThatHadNothingToDo() {
        estimate.started(RetailJobs.EXTRACT_DIMENSIONS, 0);
        estimate.ended(done(RetailJobs.EXTRACT_DIMENSIONS, 0.5, true));
        estimate.started(RetailJobs.EXTRACT_PURCHASES, seconds(1));
        estimate.progress(new JobLine.Progress("extract bronze.purchase", 0, PURCHASES), seconds(2));

        assertThat(estimate.runSecondsLeft(seconds(3))).isEmpty();
    }

    @Test
    void losesNoFigureWhereTheTerminalIsNarrow() {
        List<String> fields =
                List.of("  extract bronze.purchase", "12,345,678 of 28,593,030 rows (43%)", "1,012,345 rows/s");

        assertThat(LiveDisplay.folded(fields, 79))
                .containsExactly(
                        "  extract bronze.purchase  12,345,678 of 28,593,030 rows (43%)", "    1,012,345 rows/s");
        assertThat(LiveDisplay.folded(fields, 120)).hasSize(1);
    }

    private static JobOutcome done(JobDefinition job, double seconds, boolean publishedBefore) {
        return new JobOutcome(
                new JobRequest(job, List.of()),
                0,
                seconds,
                Optional.of(new JobLine.Finished(seconds, 1, 1, 1, publishedBefore)),
                List.of(),
                "",
                Path.of("log"));
    }

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }
}
