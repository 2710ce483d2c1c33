package io.retaillake.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShapesPageTest {

    private static Measurement measured(Contestant contestant, String layer, String step, double seconds, int tasks) {
        return new Measurement(0, 1, contestant, layer, step, seconds, 0, 1, 900L << 20, 1, 1, 0, 0, 0, tasks);
    }

    @Test
    void comparesWhatBothHaveMadeAndSaysWhyAShapeFailed() {
        Results even = new Results(
                Map.of(),
                List.of(),
                List.of(
                        measured(Contestant.OURS, "bronze", "ExtractPurchases", 10, 1),
                        measured(Contestant.OURS, "silver", "BuildPurchases", 20, 24),
                        measured(Contestant.OURS, "gold", "SalesByProduct", 4, 8),
                        measured(Contestant.OURS, "gold", "SalesByCustomer", 6, 16),
                        measured(Contestant.OURS, Measurement.WHOLE, Measurement.WHOLE, 50, 24),
                        measured(Contestant.DUCKDB, "silver", "silver", 30, 0),
                        measured(Contestant.DUCKDB, "gold", "sales_by_product", 5, 0),
                        measured(Contestant.DUCKDB, Measurement.WHOLE, Measurement.WHOLE, 100, 0)),
                List.of());

        String page = ShapesPage.of(
                Map.of(Shape.EVEN, even),
                Map.of(Shape.MEMBERS, "BuildPurchases ran out of memory"),
                "2 tasks at once.");

        assertThat(page.lines())
                .contains("| " + Shape.EVEN.title()
                        + " | 50.0 | 10.0 | 20.0 | 10.0 | 24 | 16 | 900 | 100.0 | 35.0 | 0.50 |")
                .contains(Shape.MEMBERS.title() + ": failed. BuildPurchases ran out of memory");
    }
}
