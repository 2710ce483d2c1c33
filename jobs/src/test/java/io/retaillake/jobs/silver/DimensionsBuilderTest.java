package io.retaillake.jobs.silver;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.contract.SilverTables;
import io.retaillake.common.publish.StringRows;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DimensionsBuilderTest {

    private static final StringRows NO_REGIONS = new StringRows(SilverTables.REGIONS, List.of());

    @Test
    void takesFiftyBytesForACustomer() {
        assertThat(fits(300_000, 300_000 * 55L)).isTrue();
    }

    @Test
    void isNothingWhereItTakesMoreMemoryThanItMay() {
        assertThat(fits(300_000, 300_000 * 30L)).as("by their number").isFalse();
        assertThat(fits(300_000, 300_000 * 45L)).as("by their bytes").isFalse();
    }

    @Test
    void isNothingWhereNoMemoryMayBeTaken() {
        assertThat(new DimensionsBuilder(NO_REGIONS, 0).build()).isEmpty();
    }

    private static boolean fits(int customers, long mostBytes) {
        DimensionsBuilder builder = new DimensionsBuilder(NO_REGIONS, mostBytes);
        builder.expectCustomers(customers);
        for (int i = 0; i < customers; i++) {
            builder.addCustomer(Arrays.asList("%09d".formatted(i), i % 2 == 0 ? "F" : "M", "30세~34세", null));
        }
        return builder.build().isPresent();
    }
}
