package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.registry.JobDefinition;
import io.retaillake.jobs.RetailJobs;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunSummaryTest {

    @Test
    void tellsJobsThatHadNothingToDoFromThoseThatProcessedNoRow() {
        JobOutcome before = outcome(RetailJobs.EXTRACT_DIMENSIONS, new JobLine.Finished(1, 0, 300, 1, true));
        JobOutcome none = outcome(RetailJobs.VERIFY_RUN, new JobLine.Finished(1, 0, 300, 1, false));

        assertThat(EndLine.of(before)).isEqualTo("ExtractDimensions: published before (1.5 s)");
        assertThat(EndLine.of(none)).isEqualTo("VerifyRun: done in 1.5 s, 0 rows");
        assertThat(RunSummary.lines(List.of(before, none)).subList(1, 3))
                .containsExactly(
                        "ExtractDimensions        1.5     0.5     1.0        published before        300",
                        "VerifyRun                1.5     0.5     1.0            0          0        300");
    }

    private static JobOutcome outcome(JobDefinition job, JobLine.Finished finished) {
        return new JobOutcome(
                new JobRequest(job, List.of()), 0, 1.5, Optional.of(finished), List.of(), "", Path.of("log"));
    }
}
