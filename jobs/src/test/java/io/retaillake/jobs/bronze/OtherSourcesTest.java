package io.retaillake.jobs.bronze;

import static io.retaillake.common.contract.BronzeTables.PURCHASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Seal;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.JobMain;
import io.retaillake.common.source.SourceCatalog;
import io.retaillake.common.source.SourceRelation;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources whose tables, indexes and settings are not those that PrepareSource makes. */
class OtherSourcesTest {

    @TempDir
    private Path folder;

    private TestSource source;

    @BeforeEach
    void createSource() throws Exception {
        source = TestSource.create(folder);
    }

    @Test
    void findsTheKeyBesideAUniqueIndexOverNullableColumns() throws Exception {
        source.addPurchases(1, 100);
        source.execute("ALTER TABLE {s}.purchase DROP CONSTRAINT purchase_pkey");
        source.execute("CREATE UNIQUE INDEX ON {s}.purchase"
                + " (customer_id, store_cd, purchase_date, purchase_time, amount)");
        source.execute("ALTER TABLE {s}.purchase ADD PRIMARY KEY"
                + " (affiliate, receipt_no, division_cd, main_category_cd, sub_category_cd)");

        extractPurchases();

        assertThat(rows(PURCHASE)).isEqualTo(100);
        assertThat(facts(PURCHASE)).containsEntry("key-enforced", "true");
    }

    /** To the collation, a is A, and digits in full width are digits; to bronze they are other bytes. */
    @Test
    void totalsAndSelectsByBytesWhateverTheColumnsCollations() throws Exception {
        source.execute(
                "CREATE COLLATION {s}.loose (provider = icu, locale = 'und-u-ks-level1', deterministic = false)");
        source.execute("ALTER TABLE {s}.purchase ALTER COLUMN affiliate TYPE varchar(5) COLLATE {s}.loose,"
                + " ALTER COLUMN receipt_no TYPE varchar(20) COLLATE {s}.loose,"
                + " ALTER COLUMN purchase_date TYPE varchar(10) COLLATE {s}.loose");
        source.execute("INSERT INTO {s}.purchase SELECT affiliate, 'R' || row_number() OVER (), 'D', 'M', 'S', NULL,"
                + " NULL, day, '1', amount FROM (VALUES ('A'), ('a')) a (affiliate), (VALUES ('20150101'),"
                + " ('２０１５０１０１'), ('20150201')) d (day), (VALUES (100), (1e13), ('NaN'::float8)) m (amount)");

        extractPurchases("--from", "2015-02", "--to", "2015-02");

        assertThat(rows(PURCHASE)).as("February's, and those of no month").isEqualTo(12);
        assertThat(facts(PURCHASE)).containsEntry("key-enforced", "true");

        JobMain.run(new ExtractPurchases(), source.options(folder.resolve("lake"), "r2"));

        assertThat(rows(PURCHASE)).isEqualTo(18);
    }

    @Test
    void readsTheRowsOfTablesThatInheritFromIt() throws Exception {
        source.addPurchases(1, 50);
        source.execute("CREATE TABLE {s}.purchase_2015 () INHERITS ({s}.purchase)");
        source.execute("INSERT INTO {s}.purchase_2015 SELECT 'A', 'R' || i, 'D1', 'M1', 'S1', NULL, NULL, '20150101',"
                + " '12', 1 FROM generate_series(1, 3000) i");

        extractPurchases();

        assertThat(rows(PURCHASE)).isEqualTo(3050);
        assertThat(facts(PURCHASE))
                .as("the parent's key says nothing of its children")
                .containsEntry("key-enforced", "false");
        assertThat(facts(PURCHASE).get("one_connection_because")).contains("other tables inherit from it");
    }

    @Test
    void isNotEndedByATransactionTimeoutOfTheRoleWhilePurchasesAreRead() throws Exception {
        source.addPurchases(1, 100);
        limitTransactions("purchase", "sub_category_cd = 'S1'");

        extractPurchases();

        assertThat(rows(PURCHASE)).isEqualTo(100);
    }

    @Test
    void isNotEndedByATransactionTimeoutOfTheRoleWhileDimensionsAreRead() throws Exception {
        source.execute("INSERT INTO {s}.customer VALUES ('C1', 'M', '20', '100')");
        limitTransactions("customer", "customer_id = 'C1'");

        JobMain.run(new ExtractDimensions(), source.options(folder.resolve("lake"), "r1"));

        assertThat(rows(BronzeTables.CUSTOMER)).isEqualTo(1);
    }

    /** Has the server end every transaction of the reader that lasts as long as it takes to read this row. */
    private void limitTransactions(String table, String row) throws SQLException {
        source.slowDown(table, row, 2);
        source.execute("ALTER ROLE " + source.reader() + " SET transaction_timeout = '1500ms'");
    }

    /** To wait for a lock with a snapshot already taken would show the table as TRUNCATE left it, empty. */
    @Test
    void takesItsSnapshotAfterItHasWaitedForASessionThatRewritesTheTable() throws Exception {
        source.addPurchases(1, 100);
        try (Connection other = source.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute(source.in("TRUNCATE {s}.purchase"));
            statement.execute(source.in(
                    "INSERT INTO {s}.purchase VALUES ('A', 'R1', 'D', 'M', 'S', NULL, NULL, '20150101', '1', 1)"));
            try (ReaderSessions sessions = new ReaderSessions(source)) {
                sessions.whenFound("wait_event_type = 'Lock'", pid -> other.commit());

                extractPurchases();
            }
        }

        assertThat(rows(PURCHASE)).isEqualTo(1);
    }

    @Test
    void readsAMaterializedView() throws Exception {
        replacePurchases("CREATE MATERIALIZED VIEW {s}.purchase AS SELECT * FROM {s}.purchase_table");

        extractPurchases();

        assertThat(rows(PURCHASE)).isEqualTo(3000);
        assertThat(facts(PURCHASE)).containsEntry("key-enforced", "false");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE MATERIALIZED VIEW {s}.purchase AS SELECT * FROM {s}.purchase_table",
                "CREATE MATERIALIZED VIEW {s}.stored AS SELECT * FROM {s}.purchase_table;"
                        + " CREATE VIEW {s}.purchase AS SELECT * FROM {s}.stored"
            })
    void keepsAMaterializedViewFromBeingRefreshedUntilItIsRead(String definition) throws Exception {
        replacePurchases(definition);
        String refresh = "REFRESH MATERIALIZED VIEW {s}." + (definition.contains("stored") ? "stored" : "purchase");
        Connection connection = reader();
        List<SourceRelation> relations = new SourceCatalog(connection, source.schema()).relations(List.of(PURCHASE));

        try (SourceSnapshot snapshot = SourceSnapshot.export(connection, relations)) {
            assertThatThrownBy(() -> source.execute("SET lock_timeout = '500ms'; " + refresh))
                    .hasMessageContaining("lock timeout");
            assertThat(snapshot.loss()).isEmpty();
        }
        source.execute(refresh);
    }

    @Test
    void namesEveryColumnOfADimensionThatLacksARequiredValue() throws Exception {
        source.execute("ALTER TABLE {s}.customer ALTER COLUMN sex DROP NOT NULL, ALTER COLUMN age_group DROP NOT NULL");
        source.execute("INSERT INTO {s}.customer VALUES ('C1', NULL, '20', NULL), ('C2', NULL, NULL, '100')");
        source.execute("ALTER TABLE {s}.zipcode ALTER COLUMN short_zipcode DROP NOT NULL");
        source.execute("INSERT INTO {s}.zipcode (zipcode, province_city, province_city_eng) VALUES ('1', 'a', 'a')");

        FailedJobException failure = catchThrowableOfType(
                FailedJobException.class,
                () -> JobMain.run(new ExtractDimensions(), source.options(folder.resolve("lake"), "r1")));

        assertThat(failure.exitCode()).isEqualTo(3);
        assertThat(failure)
                .hasMessageContaining("- customer.sex: null in 2 of 2 rows")
                .hasMessageContaining("- customer.age_group: null in 1 of 2 rows")
                .hasMessageContaining("- zipcode.short_zipcode: null in 1 of 1 rows");
        assertThat(failure.getMessage()).doesNotContain("residence", "city_county");
    }

    private void replacePurchases(String definition) throws SQLException {
        source.addPurchases(1, 3000);
        source.execute("ALTER TABLE {s}.purchase RENAME TO purchase_table");
        source.execute(definition);
        source.execute("GRANT SELECT ON {s}.purchase TO " + source.reader());
    }

    private Connection reader() throws SQLException {
        Connection connection = source.connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION AUTHORIZATION " + source.reader());
        }
        return connection;
    }

    private void extractPurchases(String... more) throws FailedJobException {
        List<String> options = new ArrayList<>(List.of("--read-parallelism", "3"));
        options.addAll(List.of(more));
        JobMain.run(
                new ExtractPurchases(), source.options(folder.resolve("lake"), "r1", options.toArray(String[]::new)));
    }

    private long rows(TableContract contract) {
        Lake lake = lake();
        return lake.spark().table(lake.identifier(contract)).count();
    }

    private Map<String, String> facts(TableContract contract) {
        return Seal.of(lake().find(contract).orElseThrow().currentSnapshot())
                .orElseThrow()
                .facts();
    }

    private Lake lake() {
        return LocalLakes.open(folder.resolve("lake"));
    }
}
