package io.retaillake.jobs.ops.report;

import static io.retaillake.common.contract.GoldTables.SALES_BY_AGE_PRODUCT;
import static io.retaillake.common.contract.GoldTables.SALES_BY_RESIDENCE;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.Window;
import io.retaillake.common.sales.SalesBy;
import io.retaillake.jobs.ops.verify.Marts;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What provinces and categories came to in the months with which those of a report are compared: as many before its first, and the
 * same of the year before. There are none where a report is of everything, or of more than a year, which has its earlier months.
 */
final class EarlierMonths {

    private static final int MOST_MONTHS = 12;

    private final Marts marts;
    private final ShownAffiliates affiliates;
    private final List<List<Object>> rows = new ArrayList<>();

    private EarlierMonths(Marts marts, ShownAffiliates affiliates) {
        this.marts = marts;
        this.affiliates = affiliates;
    }

    /** One row for each affiliate, province or category that {@code ages} names, and month. */
    static ReportSection of(Marts marts, Window window, ShownAffiliates affiliates, ReportSection ages) {
        EarlierMonths earlier = new EarlierMonths(marts, affiliates);
        Set<List<Object>> named = new HashSet<>();
        ages.rows().forEach(row -> named.add(Arrays.asList(row.get(0), row.get(2))));
        months(window).forEach(month -> {
            earlier.read(month, SALES_BY_RESIDENCE, "province_city", null);
            earlier.read(month, SALES_BY_AGE_PRODUCT, "main_category_desc", named);
        });
        return ReportSection.of(List.of("affiliate", "kind", "name", "month", "amount"), earlier.rows.stream());
    }

    private static NavigableSet<YearMonth> months(Window window) {
        NavigableSet<YearMonth> months = new TreeSet<>();
        int count = window.months().size();
        if (count <= MOST_MONTHS) {
            window.months().stream()
                    .flatMap(month -> Stream.of(month.minusMonths(count), month.minusYears(1)))
                    .filter(month -> month.isBefore(window.from()) && month.getYear() > 0)
                    .forEach(months::add);
        }
        return months;
    }

    private void read(YearMonth month, TableContract mart, String column, Set<List<Object>> named) {
        SalesBy sales = affiliates.in(marts.sales(mart, new Window(month, month), List.of("affiliate", column)));
        sales.forEach((key, each) -> {
            if (named == null || named.contains(key)) {
                rows.add(Arrays.asList(
                        key.get(0),
                        column,
                        key.get(1),
                        month.atDay(1).toString(),
                        each.amount().stripTrailingZeros()));
            }
        });
    }
}
