package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.command.NearMiss;
import io.retaillake.common.registry.JobRegistry;
import org.junit.jupiter.api.Test;

class JobNamesTest {

    @Test
    void suggestsTheJobThatWasProbablyMeant() {
        assertThat(NearMiss.of("extractpurchase", JobRegistry.load().names())).contains("ExtractPurchases");
        assertThat(NearMiss.of("SalesByAge", JobRegistry.load().names())).contains("SalesByAgeProduct");
        assertThat(NearMiss.of("Frobnicate", JobRegistry.load().names())).isEmpty();
    }
}
