package io.retaillake.jobs.ops.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.jobs.ops.verify.Reconciliation.Line;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReconciliationTest {

    private static final Reconciliation RECONCILIATION = new Reconciliation(List.of(
            new Line("silver.purchases", 28_593_030, new BigDecimal("681189236770.00"), -1),
            new Line("gold.sales_by_age_product", 28_593_030, new BigDecimal("681189236770.00"), 0),
            new Line("gold.sales_by_customer", 28_593_029, new BigDecimal("681189236770.00"), 0)));

    @Test
    void saysInTheSameLineWhatAStageMustEqual() {
        assertThat(RECONCILIATION.lines(0))
                .isEqualTo(RECONCILIATION.lines(94))
                .containsExactly(
                        "stage                            rows        amount (KRW)",
                        "-------------------------  ----------  ------------------  -----------------------------",
                        "silver.purchases           28,593,030  681,189,236,770.00",
                        "gold.sales_by_age_product  28,593,030  681,189,236,770.00  = silver.purchases",
                        "gold.sales_by_customer     28,593,029  681,189,236,770.00  DIFFERS FROM silver.purchases");
    }

    @Test
    void saysItBelowWhereTheTerminalIsNarrow() {
        assertThat(RECONCILIATION.lines(80))
                .containsExactly(
                        "stage                            rows        amount (KRW)",
                        "-------------------------  ----------  ------------------",
                        "silver.purchases           28,593,030  681,189,236,770.00",
                        "gold.sales_by_age_product  28,593,030  681,189,236,770.00",
                        "  = silver.purchases",
                        "gold.sales_by_customer     28,593,029  681,189,236,770.00",
                        "  DIFFERS FROM silver.purchases");
    }
}
