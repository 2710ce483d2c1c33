package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.command.NearMiss;
import org.junit.jupiter.api.Test;

class JobTest {

    @Test
    void suggestsTheJobThatWasProbablyMeant() {
        assertThat(NearMiss.of("extractpurchase", Job.names())).contains("ExtractPurchases");
        assertThat(NearMiss.of("SalesByAge", Job.names())).contains("SalesByAgeProduct");
        assertThat(NearMiss.of("Frobnicate", Job.names())).isEmpty();
    }
}
