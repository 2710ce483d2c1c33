package io.retaillake.jobs.bronze;

import static io.retaillake.common.contract.BronzeTables.PURCHASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.job.FailedJobException;
import io.retaillake.common.job.JobMain;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Seal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtractPurchasesTest {

    @TempDir
    private Path folder;

    private Path lakeFolder;
    private TestSource source;

    @BeforeEach
    void createSource() throws SQLException, IOException {
        lakeFolder = folder.resolve("lake");
        source = TestSource.create(folder);
    }

    @Test
    void landsEveryRowWithItsMonth() throws Exception {
        source.addPurchases(1, 3000);
        source.execute("UPDATE {s}.purchase SET purchase_date = '2015-1' WHERE sub_category_cd = 'S7'");
        source.execute("UPDATE {s}.purchase SET amount = 'NaN' WHERE sub_category_cd = 'S8'");

        extract("r1");

        assertThat(months()).hasSize(25).containsEntry("none", 1L);
        assertThat(bronze().count()).isEqualTo(3000);
        assertThat(seal().facts()).containsEntry("rows", "3000").containsEntry("key-enforced", "true");
        assertThat(seal().facts().get("amount"))
                .isEqualTo(source.query("SELECT sum(amount)::numeric(20,2) FROM {s}.purchase WHERE amount <> 'NaN'"));
    }

    @Test
    void seesOneSnapshotWhileRowsChangeAndMove() throws Exception {
        source.addPurchases(1, 60_000);
        String total = source.query("SELECT sum(amount)::bigint FROM {s}.purchase");
        AtomicBoolean ended = new AtomicBoolean();
        AtomicInteger changes = new AtomicInteger();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            while (!ended.get()) {
                moveAmountsAndAddRows(changes.incrementAndGet());
            }
        });

        extract("r1", "--read-parallelism", "6");
        ended.set(true);
        writer.join();

        long added = bronze().where("division_cd = 'NEW'").count();
        assertThat(changes.get()).as("the source changed meanwhile").isGreaterThan(5);
        assertThat(bronze().count() - added).isEqualTo(60_000);
        assertThat(bronze().selectExpr("CAST(sum(amount) AS BIGINT)").head().getLong(0))
                .as("amounts only move between rows, in one transaction")
                .isEqualTo(Long.parseLong(total));
        assertThat(bronze().select("affiliate", "receipt_no", "sub_category_cd")
                        .distinct()
                        .count())
                .isEqualTo(60_000 + added);
    }

    private void moveAmountsAndAddRows(int change) {
        int first = 1 + change * 101 % 59_000;
        try (Connection connection = source.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            String table = source.query("SELECT '{s}'") + ".purchase";
            statement.execute("UPDATE " + table + " SET amount = amount - 5 WHERE sub_category_cd = 'S" + first + "'");
            statement.execute(
                    "UPDATE " + table + " SET amount = amount + 5 WHERE sub_category_cd = 'S" + (60_001 - first) + "'");
            statement.execute("INSERT INTO " + table + " VALUES ('A', 'N" + change
                    + "', 'NEW', 'M', 'S', NULL, NULL, '20150101', '1', 0)");
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void startsOverWhenTheSnapshotsTransactionIsEnded() throws Exception {
        source.addPurchases(1, 200_000);
        AtomicBoolean killed = new AtomicBoolean();
        CompletableFuture<Void> killer = CompletableFuture.runAsync(() -> {
            while (!killed.get()) {
                killed.set(endExportingTransaction());
            }
        });

        extract("r1", "--fetch-size", "100");
        killed.set(true);
        killer.join();

        assertThat(bronze().count()).isEqualTo(200_000);
    }

    /** Ends the connection that holds the snapshot as soon as another one reads in it. */
    private boolean endExportingTransaction() {
        try {
            String ended = source.query("""
                    SELECT count(pg_terminate_backend(pid))
                      FROM (SELECT pid FROM pg_stat_activity WHERE usename = '%1$s' ORDER BY backend_start LIMIT 1) oldest
                     WHERE EXISTS (SELECT FROM pg_stat_activity WHERE usename = '%1$s' AND query LIKE '%%ctid >=%%')
                    """.formatted(source.reader()));
            return !ended.equals("0");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void replacesTheWindowsMonthsAndRepairedRowsOnly() throws Exception {
        source.addPurchases(1, 3000);
        source.execute("UPDATE {s}.purchase SET purchase_date = 'broken' WHERE sub_category_cd = 'S400'");
        extract("r1");
        source.execute("UPDATE {s}.purchase SET purchase_date = '20150205' WHERE sub_category_cd = 'S400'");
        source.execute("DELETE FROM {s}.purchase WHERE purchase_date LIKE '201503%'");
        source.execute("UPDATE {s}.purchase SET amount = 1 WHERE purchase_date LIKE '201401%'");

        extract("r2", "--from", "2015-02", "--to", "2015-03");

        assertThat(months()).doesNotContainKeys("none", "201503").hasSize(23);
        assertThat(bronze().where("sub_category_cd = 'S400'").count()).isEqualTo(1);
        assertThat(bronze().where("source_month = '201401' AND amount = 1").count())
                .as("outside the window nothing changes")
                .isZero();
        assertThat(seal().facts()).containsEntry("drifted_months", "201401");
    }

    @Test
    void leavesWhatTheSameRunHasPublished() throws Exception {
        source.addPurchases(1, 100);
        extract("r1");
        long published = lake().find(PURCHASE).orElseThrow().currentSnapshot().snapshotId();
        source.addPurchases(1000, 100);

        extract("r1");

        assertThat(lake().find(PURCHASE).orElseThrow().currentSnapshot().snapshotId())
                .isEqualTo(published);
        assertThat(fail("r1", "--from", "2015-01", "--to", "2015-01").exitCode())
                .isEqualTo(2);
    }

    @Test
    void readsAPartitionedTableOverOneConnectionAndSaysWhy() throws Exception {
        source.execute("ALTER TABLE {s}.purchase RENAME TO purchase_part");
        source.execute("CREATE TABLE {s}.purchase (LIKE {s}.purchase_part) PARTITION BY LIST (affiliate)");
        source.execute("ALTER TABLE {s}.purchase ATTACH PARTITION {s}.purchase_part DEFAULT");
        source.execute("GRANT SELECT ON {s}.purchase TO " + source.reader());
        source.addPurchases(1, 500);

        extract("r1");

        assertThat(bronze().count()).isEqualTo(500);
        assertThat(seal().facts().get("one_connection_because")).contains("partitioned table");
        assertThat(seal().facts()).containsEntry("key-enforced", "false");
    }

    @Test
    void readsAViewOverOneConnection() throws Exception {
        source.execute("ALTER TABLE {s}.purchase RENAME TO purchase_table");
        source.execute("CREATE VIEW {s}.purchase AS SELECT * FROM {s}.purchase_table");
        source.execute("GRANT SELECT ON {s}.purchase TO " + source.reader());
        source.execute("INSERT INTO {s}.purchase SELECT 'A', 'R' || i, 'D', 'M', 'S', NULL, NULL, '20150101', '1', 1 "
                + "FROM generate_series(1, 50) i");

        extract("r1");

        assertThat(bronze().count()).isEqualTo(50);
    }

    @Test
    void landsAnEmptyTable() throws Exception {
        extract("r1");

        assertThat(bronze().count()).isZero();
    }

    @Test
    void namesEveryDifferenceFromTheContractBeforeAnythingMoves() throws Exception {
        source.execute("ALTER TABLE {s}.purchase ALTER COLUMN amount TYPE numeric(15, 2)");
        source.execute("ALTER TABLE {s}.purchase RENAME COLUMN store_cd TO shop");
        source.execute("ALTER TABLE {s}.purchase ADD COLUMN coupon text");

        FailedJobException failure = fail("r1");

        assertThat(failure.exitCode()).isEqualTo(3);
        assertThat(failure)
                .hasMessageContaining("purchase.store_cd: the column is missing")
                .hasMessageContaining("was it renamed to coupon or shop?")
                .hasMessageContaining(
                        "purchase.amount: the contract has double precision, the source has numeric(15,2)")
                .hasMessageMatching("(?s).*! store_cd +character varying\\(10\\) +-\n.*")
                .hasMessageMatching("(?s).*\\+ coupon +- +text\n.*");
        assertThat(lake().find(PURCHASE).map(table -> table.currentSnapshot())).isEmpty();
    }

    @Test
    void extractsAndReportsWhatWasAddedOrWidened() throws Exception {
        source.addPurchases(1, 100);
        source.execute("ALTER TABLE {s}.purchase ADD COLUMN coupon text");
        source.execute("ALTER TABLE {s}.purchase ALTER COLUMN store_cd TYPE varchar(40)");
        source.execute("UPDATE {s}.purchase SET store_cd = repeat('T', 40)");

        extract("r1");

        assertThat(bronze().where("length(store_cd) = 40").count()).isEqualTo(100);
        assertThat(seal().facts().get("source_notices").lines())
                .containsExactly(
                        "purchase.store_cd: the contract has character varying(10), the source has character varying(40);"
                                + " it is extracted as it is",
                        "purchase.coupon: the contract has no such column, the source has text; it is not extracted");
    }

    @Test
    void reportsThatPoliciesHideRowsFromItsUser() throws Exception {
        source.addPurchases(1, 100);
        source.execute("ALTER TABLE {s}.purchase ENABLE ROW LEVEL SECURITY");
        source.execute("CREATE POLICY with_store ON {s}.purchase USING (store_cd IS NOT NULL)");

        extract("r1");

        assertThat(seal().facts().get("source_notices")).startsWith("purchase: row-level security is on for this user");
    }

    @Test
    void hasNothingToReportOfTheSourceThatTheContractsAreAbout() throws Exception {
        extract("r1");

        assertThat(seal().facts()).doesNotContainKey("source_notices");
    }

    @Test
    void saysThatATableIsMissing() throws Exception {
        source.execute("DROP TABLE {s}.purchase");

        assertThat(fail("r1")).hasMessageContaining("purchase: there is no such table");
    }

    @Test
    void saysWhichPrivilegeIsMissing() throws Exception {
        source.execute("REVOKE SELECT ON {s}.purchase FROM " + source.reader());

        FailedJobException failure = fail("r1");

        assertThat(failure.exitCode()).isEqualTo(4);
        assertThat(failure).hasMessageContaining("may not read these tables").hasMessageContaining("purchase");
    }

    @Test
    void saysThatTheCredentialsAreRefused() throws Exception {
        String wrong = "wrong-" + source.password();
        source.writeSecret(wrong);

        FailedJobException failure = fail("r1");

        assertThat(failure.exitCode()).isEqualTo(4);
        assertThat(failure).hasMessageContaining("password authentication failed");
        assertThat(failure.getMessage()).doesNotContain(wrong);
    }

    @Test
    void saysThatTheServerCantBeReached() throws Exception {
        FailedJobException failure = fail("r1", "--source-port", "1");

        assertThat(failure.exitCode()).isEqualTo(4);
        assertThat(failure).hasMessageContaining("Check host and port");
    }

    @Test
    void refusesMoreConnectionsThanTheServerHas() throws Exception {
        source.addPurchases(1, 200_000);

        FailedJobException failure = fail("r1", "--read-parallelism", "1000");

        assertThat(failure.exitCode()).isEqualTo(4);
        assertThat(failure).hasMessageContaining("Give a --read-parallelism of at most");
    }

    @Test
    void touchesNothingInADryRun() throws Exception {
        source.addPurchases(1, 100);

        JobMain.run(new ExtractPurchases(), source.options(lakeFolder, "r1", "--dry-run"));

        assertThat(Files.exists(lakeFolder)).isFalse();
    }

    private void extract(String runId, String... more) throws FailedJobException {
        JobMain.run(new ExtractPurchases(), source.options(lakeFolder, runId, more));
    }

    private FailedJobException fail(String runId, String... more) {
        return catchThrowableOfType(FailedJobException.class, () -> extract(runId, more));
    }

    private Lake lake() {
        return LocalLakes.open(lakeFolder);
    }

    private Dataset<Row> bronze() {
        Lake lake = lake();
        return lake.spark().table(lake.identifier(PURCHASE));
    }

    private Seal seal() {
        return Seal.of(lake().find(PURCHASE).orElseThrow().currentSnapshot()).orElseThrow();
    }

    private Map<String, Long> months() {
        List<Row> rows = bronze().groupBy("source_month").count().collectAsList();
        return rows.stream().collect(Collectors.toMap(row -> row.getString(0), row -> row.getLong(1)));
    }
}
