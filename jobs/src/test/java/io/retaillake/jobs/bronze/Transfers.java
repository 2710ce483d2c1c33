package io.retaillake.jobs.bronze;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Amounts that move between a source's purchases while it is read, each time from one to another in one transaction: in
 * every state of the source their sum is the same, and in a mixture of two states most likely not.
 */
final class Transfers implements AutoCloseable {

    private final TestSource source;
    private final int purchases;
    private final long total;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final CompletableFuture<Void> transfers;

    private Transfers(TestSource source, int purchases) throws SQLException {
        this.source = source;
        this.purchases = purchases;
        this.total = Long.parseLong(source.query("SELECT sum(amount)::bigint FROM {s}.purchase"));
        this.transfers = CompletableFuture.runAsync(() -> {
            for (int change = 1; !ended.get(); change++) {
                transfer(1 + change * 101 % (purchases - 1));
            }
        });
    }

    /** Begins in a source whose purchases are the first that {@link TestSource#addPurchases} makes. */
    static Transfers begin(TestSource source, int purchases) throws SQLException {
        return new Transfers(source, purchases);
    }

    private void transfer(int row) {
        try (Connection connection = source.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET lock_timeout = '1s'");
            statement.execute(String.format(
                    Locale.ROOT,
                    "UPDATE %s.purchase SET amount = amount + CASE sub_category_cd WHEN 'S%d' THEN 5 ELSE -5 END"
                            + " WHERE sub_category_cd IN ('S%d', 'S%d')",
                    source.in("{s}"),
                    row,
                    row,
                    row + 1));
        } catch (SQLException e) {
            // The server is down, or another session has the table: transfers go on afterwards.
        }
    }

    /** Says that {@code bronze} is one state of the source's purchases. */
    void assertOneStateIn(Dataset<Row> bronze) {
        assertThat(bronze.count()).isEqualTo(purchases);
        assertThat(bronze.selectExpr("CAST(sum(amount) AS BIGINT)").head().getLong(0))
                .as("amounts only move between rows, in one transaction")
                .isEqualTo(total);
        assertThat(bronze.select("sub_category_cd").distinct().count()).isEqualTo(purchases);
    }

    @Override
    public void close() {
        ended.set(true);
        transfers.join();
    }
}
