package io.retaillake.jobs.ops.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.sales.Sales;
import io.retaillake.common.sales.SomeSales;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportTopRowsTest {

    private static final LocalDate JANUARY = LocalDate.of(2015, 1, 1);

    @Test
    void addsUpTheProductsThatItDoesNotName() {
        Map<List<Object>, Sales> products = new HashMap<>();
        for (int product = 1; product <= 60; product++) {
            String code = "P%02d".formatted(product);
            String category = product <= 30 ? "clothes" : "books";
            for (int month = 0; month < 2; month++) {
                products.put(
                        List.of("A", category, "1", "11", code, code, JANUARY.plusMonths(month)),
                        new Sales(BigDecimal.valueOf(100 - product), product));
            }
        }

        ReportSection section = ReportTopRows.products(
                SomeSales.by(ReportTopRows.PRODUCT, products), ReportPeriods.of(DatedKey.days(products)));

        // Named are P01 to P20 by amount, P41 to P60 by purchases, and of the books P31 to P36 by amount.
        assertThat(section.rows().stream().filter(row -> (Integer) row.get(5) > 0))
                .extracting(row -> row.get(2) + " " + row.get(5) + " " + row.get(6) + " " + row.get(7))
                .containsExactly("books 4 [246, 246] [154, 154]", "clothes 10 [745, 745] [255, 255]");
        assertThat(section.rows()).hasSize(20 + 20 + 6 + 2);
    }

    @Test
    void addsUpMonthsBeforeTheNewest() {
        int months = ReportPeriods.MOST + 3;
        ReportPeriods periods = ReportPeriods.of(IntStream.range(0, months).mapToObj(JANUARY::plusMonths));

        assertThat(periods.list()).hasSize(ReportPeriods.MOST);
        assertThat(periods.list().get(0)).isEqualTo(new ReportPeriods.Period("2015-01-01", "2015-04-01"));
        assertThat(periods.list().get(1)).isEqualTo(new ReportPeriods.Period("2015-05-01", "2015-05-01"));
        assertThat(periods.indexOf(YearMonth.of(2015, 3))).isZero();
        assertThat(periods.isAlone(YearMonth.of(2015, 4))).isFalse();
        assertThat(periods.isAlone(YearMonth.of(2015, 5))).isTrue();
    }
}
