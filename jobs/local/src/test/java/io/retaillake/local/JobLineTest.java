package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class JobLineTest {

    @Test
    void readsProgressWithAndWithoutExpectation() {
        assertThat(JobLine.parse("progress job=ExtractPurchases step=\"extract bronze.purchase\" rows=12 expected=99"))
                .isEqualTo(new JobLine.Progress("extract bronze.purchase", 12, OptionalLong.of(99)));
        assertThat(JobLine.parse("progress job=VerifyRun step=\"read\" rows=0"))
                .isEqualTo(new JobLine.Progress("read", 0, OptionalLong.empty()));
    }

    @Test
    void readsTheEndAndTheError() {
        assertThat(JobLine.parse(
                        "finished job=ExtractPurchases seconds=41.3 rows=28593030 peak_memory_mib=812 most_tasks=36"))
                .isEqualTo(new JobLine.Finished(41.3, 28_593_030, 812, 36, false));
        assertThat(JobLine.parse("finished job=X seconds=1.0 rows=0 peak_memory_mib=8 published_before=true"))
                .isEqualTo(new JobLine.Finished(1, 0, 8, 0, true));
        assertThat(JobLine.parse("error no such table")).isEqualTo(new JobLine.Failure("no such table"));
    }

    @Test
    void takesWhatItDoesNotUnderstandForALogLine() {
        assertThat(JobLine.parse("progress is slow")).isEqualTo(new JobLine.Other());
        assertThat(JobLine.parse("finished job=X seconds=soon rows=1")).isEqualTo(new JobLine.Other());
        assertThat(JobLine.parse("errors: 0")).isEqualTo(new JobLine.Other());
        assertThat(JobLine.parse("")).isEqualTo(new JobLine.Other());
    }
}
