package io.retaillake.jobs.ops;

import io.retaillake.common.job.Window;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.iceberg.data.Record;

/** The affiliates' overview as text: the whole period, and the window's months where there is a window. */
final class AffiliateKpis implements Tally {

    private static final List<String> COLUMNS = List.of(
            "affiliate",
            "month",
            "count_of_customer",
            "count_of_purchase",
            "count_of_receipt",
            "total_purchase_amount",
            "purchases_per_customer",
            "average_amount_per_purchase",
            "average_amount_per_customer");
    private static final List<String> HEADINGS = List.of(
            "affiliate",
            "month",
            "customers",
            "purchases",
            "receipts",
            "amount (KRW)",
            "purchases/customer",
            "KRW/purchase",
            "KRW/customer");
    private static final Comparator<Record> BY_MONTH = Comparator.comparing(
            row -> (LocalDate) row.getField("month"), Comparator.nullsFirst(Comparator.naturalOrder()));

    private final Window window;
    private final List<Record> rows = new ArrayList<>();

    AffiliateKpis(Window window) {
        this.window = window;
    }

    @Override
    public List<String> columns() {
        return COLUMNS;
    }

    @Override
    public void add(Record row) {
        LocalDate month = (LocalDate) row.getField("month");
        if (month == null || (!window.isAll() && window.contains(month))) {
            rows.add(row.copy());
        }
    }

    List<String> lines() {
        List<List<String>> cells = rows.stream()
                .sorted(BY_MONTH.thenComparing(row -> (String) row.getField("affiliate")))
                .map(row -> COLUMNS.stream()
                        .map(column -> cell(row.getField(column), column))
                        .toList())
                .toList();
        return TextTable.lines(HEADINGS, new boolean[] {false, false, true, true, true, true, true, true, true}, cells);
    }

    private static String cell(Object value, String column) {
        if (value == null) {
            return column.equals("month") ? "all" : "-";
        }
        if (value instanceof Long count) {
            return String.format("%,d", count);
        }
        if (value instanceof BigDecimal amount) {
            return String.format("%,.2f", amount);
        }
        return column.equals("month") ? value.toString().substring(0, 7) : value.toString();
    }
}
