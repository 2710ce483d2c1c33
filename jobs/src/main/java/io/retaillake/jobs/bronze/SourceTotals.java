package io.retaillake.jobs.bronze;

import io.retaillake.common.amount.PurchaseTotals;
import io.retaillake.common.amount.Totals;
import io.retaillake.common.jdbc.SourceRelation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Totals the source's purchases in the snapshot of a connection. Costs the source one full, parallel scan. */
final class SourceTotals {

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
                       ELSE round(amount::text::numeric, 2) END), 0)
              FROM %s
             GROUP BY 1, 2
            """;

    private SourceTotals() {}

    static PurchaseTotals read(Connection connection, SourceRelation purchase) throws SQLException {
        PurchaseTotals totals = PurchaseTotals.empty();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(QUERY.formatted(purchase.quotedName()))) {
            while (rows.next()) {
                totals.add(
                        SourceMonth.of(rows.getString(2)),
                        rows.getString(1),
                        new Totals(
                                rows.getLong(3),
                                rows.getLong(4),
                                rows.getLong(5),
                                rows.getLong(6),
                                rows.getLong(7),
                                rows.getBigDecimal(8)));
            }
        }
        return totals;
    }
}
