package io.retaillake.jobs.ops.report;

import io.retaillake.common.sales.Sales;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Sales by some columns and, within each row, one after the other by time: two lists, of amounts in KRW and of purchases. */
final class SalesSeries {

    private final Map<List<Object>, Sales[]> rows = new HashMap<>();

    /** Sales of which each key ends with a day, by the other columns and the period of the day. */
    static ReportSection byPeriod(List<String> columns, Map<List<Object>, Sales> sales, ReportPeriods periods) {
        SalesSeries series = new SalesSeries();
        sales.forEach((key, each) ->
                series.add(key.subList(0, key.size() - 1), periods.indexOf(DatedKey.month(key)), periods.size(), each));
        return series.section(columns);
    }

    /** Adds sales to one of so many places of a row. */
    void add(List<Object> key, int place, int places, Sales sales) {
        Sales[] row = rows.computeIfAbsent(key, absent -> {
            Sales[] none = new Sales[places];
            Arrays.fill(none, Sales.NONE);
            return none;
        });
        row[place] = row[place].plus(sales);
    }

    ReportSection section(List<String> columns) {
        return ReportSection.of(
                Stream.concat(columns.stream(), Stream.of("amount", "purchases"))
                        .toList(),
                rows.entrySet().stream()
                        .map(row -> Stream.concat(
                                        row.getKey().stream(),
                                        Stream.of(amounts(row.getValue()), purchases(row.getValue())))
                                .toList()));
    }

    /** Without zeros at their ends, so that a page is smaller. */
    private static List<BigDecimal> amounts(Sales[] row) {
        return Arrays.stream(row)
                .map(sales -> sales.amount().stripTrailingZeros())
                .toList();
    }

    private static List<Long> purchases(Sales[] row) {
        return Arrays.stream(row).map(Sales::purchases).toList();
    }
}
