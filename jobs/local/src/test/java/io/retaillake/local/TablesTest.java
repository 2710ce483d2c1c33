package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.jobs.RetailJobs;
import org.junit.jupiter.api.Test;

class TablesTest {

    @Test
    void runsAJobForEachCommand() {
        assertThat(Tables.job("run")).isEqualTo(RetailJobs.SHOW_TABLE);
        assertThat(Tables.job("check")).isEqualTo(RetailJobs.CHECK_TABLES);
        assertThat(Tables.job("test")).isEqualTo(RetailJobs.TEST_TABLES);
        assertThatThrownBy(() -> Tables.job("tset"))
                .hasMessageContaining("there is no command 'tset'; did you mean test?");
    }
}
