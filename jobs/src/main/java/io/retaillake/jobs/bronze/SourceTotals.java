package io.retaillake.jobs.bronze;

import io.retaillake.common.amount.KrwAmounts;
import io.retaillake.common.purchases.PurchaseTotals;
import io.retaillake.common.purchases.Totals;
import io.retaillake.common.source.SourceRelation;
import java.math.BigDecimal;
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
 * @param pages per source month, the pages in which its rows are; empty where they were not asked for or there are none
 */
record SourceTotals(PurchaseTotals totals, SortedMap<String, PageRange> pages) {

    /** Amounts beyond it are out of the ordinary; hundredths up to it are whole numbers that a double holds exactly. */
    private static final double MOST_ORDINARY = 1e12;

    /**
     * All rows, and the ordinary amounts in hundredths: whole ones, which are nearly all, as integers, the others as the
     * decimals of their shortest text. Most of the time goes into what is done for each row: to group by the whole date
     * costs less than to cut it, and one look at the greatest amount less than a count of each kind that is not ordinary.
     * The few groups are assigned to months afterwards. Groups are of equal bytes, as bronze's are, whatever the columns'
     * collations hold for equal.
     */
    private static final String ORDINARY = """
            SELECT affiliate, left(purchase_date, 6), sum(row_count)::bigint, sum(amount_count)::bigint,
                   coalesce(sum(hundredths), 0), max(greatest_amount), min(first_row)::text, max(last_row)::text
              FROM (SELECT affiliate COLLATE "C" AS affiliate, purchase_date COLLATE "C" AS purchase_date,
                           count(*) AS row_count, count(amount) AS amount_count,
                           sum(CASE WHEN abs(amount) <= 1e12 THEN CASE
                               WHEN amount = trunc(amount) THEN (amount * 100)::bigint
                               ELSE (round(amount::text::numeric, 2) * 100)::bigint END END) AS hundredths,
                           max(abs(amount)) AS greatest_amount,
                           %2$s
                      FROM %1$s
                     GROUP BY 1, 2) AS dates
             GROUP BY 1, 2
            """;

    private static final String PAGES = "min(ctid) AS first_row, max(ctid) AS last_row";
    private static final String NO_PAGES = "NULL AS first_row, NULL AS last_row";

    /** The amounts that are not ordinary; PostgreSQL takes NaN for the greatest number. */
    private static final String EXTRAORDINARY = """
            SELECT affiliate COLLATE "C", left(purchase_date COLLATE "C", 6),
                   count(*) FILTER (WHERE amount = 'NaN'),
                   count(*) FILTER (WHERE amount IN ('Infinity', '-Infinity')),
                   count(*) FILTER (WHERE CASE
                       WHEN amount IN ('NaN', 'Infinity', '-Infinity') THEN false
                       ELSE abs(round(amount::text::numeric, 2)) > 9999999999999.99 END),
                   coalesce(sum(CASE
                       WHEN amount IN ('NaN', 'Infinity', '-Infinity') OR abs(amount) > 1e13 THEN NULL
                       WHEN abs(round(amount::text::numeric, 2)) > 9999999999999.99 THEN NULL
                       ELSE round(amount::text::numeric, 2) END), 0)
              FROM %s
             WHERE abs(amount) > 1e12
             GROUP BY 1, 2
            """;

    /**
     * Reads them all. Costs the source one full, parallel scan, and another where there are amounts that are not ordinary.
     *
     * @param withPages whether to look in which pages each month's rows are, a seventh of the scan's time
     */
    static SourceTotals read(Connection connection, SourceRelation purchase, boolean withPages) throws SQLException {
        SourceTotals result = new SourceTotals(PurchaseTotals.empty(), new TreeMap<>());
        try (Statement statement = connection.createStatement()) {
            if (!result.addOrdinary(statement, purchase, withPages)) {
                result.addExtraordinary(statement, purchase);
            }
        }
        return result;
    }

    /** Adds all rows, and the amounts that are ordinary; returns whether all are. */
    private boolean addOrdinary(Statement statement, SourceRelation purchase, boolean withPages) throws SQLException {
        boolean hasPages = withPages && purchase.reasonForOneConnection().isEmpty();
        boolean allAreOrdinary = true;
        try (ResultSet groups =
                statement.executeQuery(ORDINARY.formatted(purchase.quotedName(), hasPages ? PAGES : NO_PAGES))) {
            while (groups.next()) {
                String month = SourceMonth.of(groups.getString(2));
                long rows = groups.getLong(3);
                long nullAmounts = rows - groups.getLong(4);
                BigDecimal amount = groups.getBigDecimal(5).movePointLeft(KrwAmounts.TYPE.scale());
                totals.add(month, groups.getString(1), new Totals(rows, nullAmounts, 0, 0, 0, amount));
                // NaN is not less than any number; null, of no amount at all, reads as zero.
                allAreOrdinary &= groups.getDouble(6) <= MOST_ORDINARY;
                if (hasPages) {
                    pages.merge(month, PageRange.ofRows(groups.getString(7), groups.getString(8)), PageRange::plus);
                }
            }
        }
        return allAreOrdinary;
    }

    private void addExtraordinary(Statement statement, SourceRelation purchase) throws SQLException {
        try (ResultSet groups = statement.executeQuery(EXTRAORDINARY.formatted(purchase.quotedName()))) {
            while (groups.next()) {
                totals.add(
                        SourceMonth.of(groups.getString(2)),
                        groups.getString(1),
                        new Totals(
                                0,
                                0,
                                groups.getLong(3),
                                groups.getLong(4),
                                groups.getLong(5),
                                groups.getBigDecimal(6)));
            }
        }
    }

    /** The pages in which the rows of {@code months} are; the rows of others may be there, too. */
    PageRange pagesOf(Predicate<String> months) {
        return pages.entrySet().stream()
                .filter(month -> months.test(month.getKey()))
                .map(Map.Entry::getValue)
                .reduce(PageRange.NONE, PageRange::plus);
    }
}
