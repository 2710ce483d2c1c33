package io.retaillake.jobs.bronze;

import static io.retaillake.common.contract.BronzeTables.PURCHASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.lake.Lake;
import java.sql.SQLException;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Amounts that move between a source's purchases while it is read, each time from one to another in one transaction: in
 * every state of the source their sum is the same, and in a mixture of two states most likely not.
 */
final class Transfers extends Changes {

    private final int purchases;
    private final long total;

    /** Of a source whose purchases are the first that {@link TestSource#addPurchases} makes. */
    Transfers(TestSource source, int purchases) throws SQLException {
        super(source);
        this.purchases = purchases;
        this.total = Long.parseLong(source.query("SELECT sum(amount)::bigint FROM {s}.purchase"));
    }

    /** From one of the table's second half to one of its first: they are on different pages, which different tasks read. */
    @Override
    String change(int number) {
        int to = 1 + number * 101 % (purchases / 2);
        return String.format(
                Locale.ROOT,
                "UPDATE {s}.purchase SET amount = amount + CASE sub_category_cd WHEN 'S%1$d' THEN 5 ELSE -5 END"
                        + " WHERE sub_category_cd IN ('S%1$d', 'S%2$d')",
                to,
                purchases + 1 - to);
    }

    @Override
    void assertOneStateIn(Lake lake) {
        Dataset<Row> bronze = lake.spark().table(lake.identifier(PURCHASE));
        assertThat(bronze.count()).isEqualTo(purchases);
        assertThat(bronze.selectExpr("CAST(sum(amount) AS BIGINT)").head().getLong(0))
                .as("amounts only move between rows, in one transaction")
                .isEqualTo(total);
        assertThat(bronze.select("sub_category_cd").distinct().count()).isEqualTo(purchases);
        assertThat(bronze.where("amount <> 10 * CAST(substr(sub_category_cd, 2) AS INT)")
                        .count())
                .as("rows that have been changed")
                .isPositive();
    }
}
