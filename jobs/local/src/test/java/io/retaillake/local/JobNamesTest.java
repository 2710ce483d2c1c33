package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.command.ClosestName;
import io.retaillake.common.registry.JobRegistry;
import org.junit.jupiter.api.Test;

class JobNamesTest {

    @Test
    void suggestsTheJobThatWasProbablyMeant() {
        assertThat(ClosestName.of("extractpurchase", JobRegistry.load().names()))
                .contains("ExtractPurchases");
        assertThat(ClosestName.of("SalesByAge", JobRegistry.load().names())).contains("SalesByAgeProduct");
        assertThat(ClosestName.of("Frobnicate", JobRegistry.load().names())).isEmpty();
    }
}
