package io.retaillake.jobs.ops.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.contract.GoldTables;
import io.retaillake.common.job.Window;
import io.retaillake.common.sales.Sales;
import io.retaillake.common.sales.SomeSales;
import io.retaillake.jobs.ops.verify.OverviewSales;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.junit.jupiter.api.Test;

class ShownAffiliatesTest {

    @Test
    void areAllWhereTheyAreFew() {
        ShownAffiliates shown = ShownAffiliates.of(overview(ShownAffiliates.MOST));

        assertThat(shown.others()).isEmpty();
        assertThat(shown.name("A1")).isEqualTo("A1");
        assertThat(shown.in(overview(ShownAffiliates.MOST).affiliates())).hasSize(ShownAffiliates.MOST);
    }

    @Test
    void areTheLargestAndTheOthersTogetherWhereTheyAreMany() {
        OverviewSales overview = overview(30);
        ShownAffiliates shown = ShownAffiliates.of(overview);

        assertThat(shown.others()).contains("+19");
        assertThat(shown.named()).hasSize(11).contains("A30", "A20").doesNotContain("A19");
        assertThat(shown.in(overview.affiliates()).get("+19"))
                .isEqualTo(new OverviewSales.Affiliate(new Sales(BigDecimal.valueOf(190), 19), 38));
        assertThat(shown.in(overview.months()).get(List.of("+19", LocalDate.of(2015, 1, 1))))
                .isEqualTo(new OverviewSales.Affiliate(new Sales(BigDecimal.valueOf(190), 19), 38));
    }

    @Test
    void addUpTheSalesOfTheOthers() {
        ShownAffiliates shown = ShownAffiliates.of(overview(30));
        Map<List<Object>, Sales> sales = new HashMap<>();
        for (int affiliate = 1; affiliate <= 30; affiliate++) {
            sales.put(List.of("A" + affiliate, "C" + affiliate % 2), new Sales(new BigDecimal("1.50"), 2));
        }

        assertThat(shown.in(SomeSales.by(List.of("affiliate", "category"), sales))
                        .by(List.of("affiliate", "category")))
                .hasSize(11 + 2)
                .containsEntry(List.of("A30", "C0"), new Sales(new BigDecimal("1.50"), 2))
                .containsEntry(List.of("+19", "C0"), new Sales(new BigDecimal("13.50"), 18))
                .containsEntry(List.of("+19", "C1"), new Sales(new BigDecimal("15.00"), 20));
    }

    /** An affiliate's amount is its number. */
    private static OverviewSales overview(int affiliates) {
        return new OverviewSales(
                IntStream.rangeClosed(1, affiliates)
                        .mapToObj(ShownAffiliatesTest::row)
                        .toList(),
                new Window(YearMonth.of(2015, 1), YearMonth.of(2015, 1)));
    }

    private static Record row(int affiliate) {
        Record row = GenericRecord.create(GoldTables.AFFILIATE_OVERVIEW.icebergSchema());
        row.setField("affiliate", "A" + affiliate);
        row.setField("month", LocalDate.of(2015, 1, 1));
        row.setField("total_purchase_amount", BigDecimal.valueOf(affiliate));
        row.setField("count_of_purchase", 1L);
        row.setField("count_of_receipt", 2L);
        return row;
    }
}
