package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.command.NearMiss;
import io.retaillake.common.command.ShellWords;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobTest {

    @Test
    void suggestsTheJobThatWasProbablyMeant() {
        assertThat(NearMiss.of("extractpurchase", Job.names())).contains("ExtractPurchases");
        assertThat(NearMiss.of("SalesByAge", Job.names())).contains("SalesByAgeProduct");
        assertThat(NearMiss.of("Frobnicate", Job.names())).isEmpty();
    }

    @Test
    void quotesWhatAShellWouldTakeApart() {
        assertThat(ShellWords.joined(List.of("bin/pipeline", "--lake", "/my lake/it's")))
                .isEqualTo("bin/pipeline --lake '/my lake/it'\\''s'");
    }
}
