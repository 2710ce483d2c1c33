package io.retaillake.jobs.bronze;

import io.retaillake.common.amount.PurchaseTotals;
import io.retaillake.common.amount.Totals;
import io.retaillake.common.jdbc.SourceRelation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The source's purchases in the snapshot of a connection.
 *
 * @param totals their totals
 * @param pages per source month, the pages in which its rows are; empty for a relation without pages
 */
record SourceTotals(PurchaseTotals totals, SortedMap<String, PageRange> pages) {

    /**
     * Whole amounts, which are nearly all, are added as integers; the others as the decimals of their shortest text. Rows
     * are grouped by the raw prefix of the date, and the few groups are assigned to months afterwards.
     */
    private static final String QUERY = """
            SELECT affiliate, left(purchase_date, 6), count(*),
                   count(*) FILTER (WHERE amount IS NULL),
                   count(*) FILTER (WHERE amount = 'NaN'),
                   count(*) FILTER (WHERE amount IN ('Infinity', '-Infinity')),
                   count(*) FILTER (WHERE CASE
                       WHEN abs(amount) <= 1e12 OR amount IN ('NaN', 'Infinity', '-Infinity') THEN false
                       ELSE abs(round(amount::text::numeric, 2)) > 9999999999999.99 END),
                   coalesce(sum(CASE WHEN abs(amount) <= 1e12 AND amount = trunc(amount) THEN amount::bigint END), 0)
                   + coalesce(sum(CASE
                       WHEN abs(amount) <= 1e12 AND amount = trunc(amount) OR amount IS NULL
                            OR amount IN ('NaN', 'Infinity', '-Infinity') OR abs(amount) > 1e13 THEN NULL
                       WHEN abs(round(amount::text::numeric, 2)) > 9999999999999.99 THEN NULL
                       ELSE round(amount::text::numeric, 2) END), 0),
                   %s
              FROM %s
             GROUP BY 1, 2
            """;

    private static final String PAGES = "min(ctid)::text, max(ctid)::text";
    private static final String NO_PAGES = "NULL, NULL";

    /** Reads them all. Costs the source one full, parallel scan. */
    static SourceTotals read(Connection connection, SourceRelation purchase) throws SQLException {
        PurchaseTotals totals = PurchaseTotals.empty();
        SortedMap<String, PageRange> pages = new TreeMap<>();
        boolean hasPages = purchase.reasonForOneConnection().isEmpty();
        String query = QUERY.formatted(hasPages ? PAGES : NO_PAGES, purchase.quotedName());
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                String month = SourceMonth.of(rows.getString(2));
                totals.add(
                        month,
                        rows.getString(1),
                        new Totals(
                                rows.getLong(3),
                                rows.getLong(4),
                                rows.getLong(5),
                                rows.getLong(6),
                                rows.getLong(7),
                                rows.getBigDecimal(8)));
                if (hasPages) {
                    pages.merge(month, PageRange.ofRows(rows.getString(9), rows.getString(10)), PageRange::plus);
                }
            }
        }
        return new SourceTotals(totals, pages);
    }

    /** The pages in which the rows of {@code months} are; the rows of others may be there, too. */
    PageRange pagesOf(Predicate<String> months) {
        return pages.entrySet().stream()
                .filter(month -> months.test(month.getKey()))
                .map(Map.Entry::getValue)
                .reduce(PageRange.NONE, PageRange::plus);
    }
}
