package io.retaillake.jobs.ops.verify;

import io.retaillake.common.command.TextTable;
import io.retaillake.common.job.Window;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.iceberg.data.Record;

/** The affiliates' overview as text: the whole period, and the window's months where there is a window. */
final class AffiliateKpis {

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
    private static final Comparator<Record> BY_MONTH_AND_AFFILIATE = Comparator.comparing(
                    AffiliateKpis::month, Comparator.nullsFirst(Comparator.<LocalDate>naturalOrder()))
            .thenComparing(row -> (String) row.getField("affiliate"));

    private AffiliateKpis() {}

    /** The table; on a terminal that is too narrow for it a block for each row. */
    static List<String> lines(OverviewSales overview, int columns) {
        Window window = overview.window();
        List<List<String>> cells = overview.rows().stream()
                .filter(row -> month(row) == null || (!window.isAll() && window.contains(month(row))))
                .sorted(BY_MONTH_AND_AFFILIATE)
                .map(row -> COLUMNS.stream()
                        .map(column -> cell(row.getField(column), column))
                        .toList())
                .toList();
        return TextTable.fittingLines(
                HEADINGS, new boolean[] {false, false, true, true, true, true, true, true, true}, cells, columns);
    }

    private static LocalDate month(Record row) {
        return (LocalDate) row.getField("month");
    }

    private static String cell(Object value, String column) {
        if (value == null) {
            return column.equals("month") ? "all" : "-";
        }
        if (value instanceof Long count) {
            return String.format(Locale.ROOT, "%,d", count);
        }
        if (value instanceof BigDecimal amount) {
            return String.format(Locale.ROOT, "%,.2f", amount);
        }
        return column.equals("month") ? value.toString().substring(0, 7) : value.toString();
    }
}
