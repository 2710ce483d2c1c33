package io.retaillake.jobs.ops;

import static org.apache.spark.sql.functions.col;

import io.retaillake.common.contract.GoldTables;
import io.retaillake.common.job.Window;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Replacement;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

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

    private AffiliateKpis() {}

    static List<String> lines(Lake lake, String runId, Window window) {
        Column shown = col("month").isNull();
        if (!window.isAll()) {
            shown = shown.or(Replacement.inWindow("month", window));
        }
        List<List<String>> rows = new ArrayList<>();
        for (Row row : lake.spark()
                .read()
                .option("tag", Lake.tag(runId))
                .table(lake.identifier(GoldTables.AFFILIATE_OVERVIEW))
                .where(shown)
                .orderBy(col("month").isNotNull(), col("month"), col("affiliate"))
                .select(COLUMNS.stream()
                        .map(org.apache.spark.sql.functions::col)
                        .toArray(Column[]::new))
                .collectAsList()) {
            List<String> cells = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                cells.add(cell(row.get(i), i));
            }
            rows.add(cells);
        }
        return TextTable.lines(HEADINGS, new boolean[] {false, false, true, true, true, true, true, true, true}, rows);
    }

    private static String cell(Object value, int column) {
        if (value == null) {
            return COLUMNS.get(column).equals("month") ? "all" : "-";
        }
        if (value instanceof Long count) {
            return String.format("%,d", count);
        }
        if (value instanceof BigDecimal amount) {
            return String.format("%,.2f", amount);
        }
        return COLUMNS.get(column).equals("month") ? value.toString().substring(0, 7) : value.toString();
    }
}
