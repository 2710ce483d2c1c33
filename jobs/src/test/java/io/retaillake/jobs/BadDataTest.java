package io.retaillake.jobs;

import static io.retaillake.common.contract.SilverTables.PURCHASES;
import static io.retaillake.common.contract.SilverTables.PURCHASE_REJECTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.run.JobMain;
import io.retaillake.jobs.bronze.ExtractDimensions;
import io.retaillake.jobs.bronze.ExtractPurchases;
import io.retaillake.jobs.bronze.TestSource;
import io.retaillake.jobs.silver.BuildPurchases;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of bad value goes from PostgreSQL to silver, lands where it must, and is fixed where it came from. */
class BadDataTest {

    private static final String[] FEBRUARY = {"--from", "2015-02", "--to", "2015-02"};

    @TempDir
    private static Path folder;

    private static TestSource source;
    private static TestLake lake;
    private static PurchaseLines lines;
    private static String sourceFigures;
    private static String silverFigures;
    private static Map<String, Map<String, String>> kept;
    private static Map<String, Map<String, String>> rejected;
    private static Map<String, Map<String, String>> keptAfterFebruary;
    private static Map<String, Map<String, String>> rejectedAfterFebruary;
    private static Map<String, Map<String, String>> keptAfterAll;
    private static Map<String, Map<String, String>> rejectedAfterAll;

    @BeforeAll
    static void buildAndFixAndBuildAgain() throws Exception {
        lines = PurchaseLines.of(BadValues.inTheDatabase());
        source = TestSource.create(folder);
        fillSource();
        lake = new TestLake(folder.resolve("lake"));
        JobMain.run(new ExtractDimensions(), source.options(folder.resolve("lake"), "bad"));
        run("bad");
        sourceFigures = figuresOfSource();
        silverFigures = figuresOfSilver();
        kept = lines.byId(lake.read(PURCHASES));
        rejected = lines.byId(lake.read(PURCHASE_REJECTS));

        fixSource();
        run("fixed", FEBRUARY);
        keptAfterFebruary = lines.byId(lake.read(PURCHASES));
        rejectedAfterFebruary = lines.byId(lake.read(PURCHASE_REJECTS));
        run("all");
        keptAfterAll = lines.byId(lake.read(PURCHASES));
        rejectedAfterAll = lines.byId(lake.read(PURCHASE_REJECTS));
    }

    private static void run(String runId, String... window) throws Exception {
        JobMain.run(new ExtractPurchases(), source.options(folder.resolve("lake"), runId, window));
        lake.run(new BuildPurchases(), runId, window);
    }

    /** The source as it may be after years of changes: strings of any length, no foreign key. */
    private static void fillSource() throws SQLException {
        source.execute("ALTER TABLE {s}.purchase DROP CONSTRAINT purchase_customer_id_fkey");
        for (String table : List.of("purchase", "customer")) {
            source.execute("""
                    DO $$ DECLARE c record; BEGIN
                      FOR c IN SELECT a.attname FROM pg_attribute a WHERE a.attrelid = '{s}.%1$s'::regclass
                           AND a.attnum > 0 AND a.atttypid = 'varchar'::regtype
                      LOOP EXECUTE format('ALTER TABLE {s}.%1$s ALTER COLUMN %%I TYPE text', c.attname); END LOOP;
                    END $$""".formatted(table));
        }
        source.execute("INSERT INTO {s}.products_info VALUES ('B', '1', '119', 'B1191001', '과일', '사과')");
        source.execute("INSERT INTO {s}.zipcode (zipcode, province_city, province_city_eng, city_county,"
                + " city_county_eng, short_zipcode) VALUES ('01000', '서울특별시', 'Seoul', '강북구', 'Gangbuk-gu', '010')");
        insert("INSERT INTO {s}.customer VALUES (?, ?, ?, ?)", lines.customers());
        insert("INSERT INTO {s}.purchase VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::double precision)", lines.purchases());
    }

    private static void insert(String sql, List<List<String>> rows) throws SQLException {
        try (Connection connection = source.connect();
                PreparedStatement statement = connection.prepareStatement(source.in(sql))) {
            for (List<String> row : rows) {
                for (int i = 0; i < row.size(); i++) {
                    statement.setString(i + 1, row.get(i));
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** Each rejected row becomes a usual one. */
    private static void fixSource() throws SQLException {
        for (String id : lines.rejectedIds()) {
            source.execute("UPDATE {s}.purchase SET affiliate = 'B', receipt_no = '" + id + "', division_cd = '1',"
                    + " main_category_cd = '119', sub_category_cd = 'B1191001', purchase_date = '20150203',"
                    + " amount = 1000 WHERE store_cd = '" + id + "'");
        }
    }

    private static String figuresOfSource() throws SQLException {
        return source.query("""
                SELECT count(*) || ' rows, ' || sum(CASE WHEN amount NOT IN ('NaN', 'Infinity', '-Infinity')
                       AND abs(round(amount::text::numeric, 2)) < 1e13 THEN round(amount::text::numeric, 2) END)
                  FROM {s}.purchase""");
    }

    private static String figuresOfSilver() {
        Row row = lake.spark()
                .sql("SELECT count(*), sum(cents) FROM (SELECT CAST(amount AS decimal(28,2)) AS cents FROM "
                        + lake.lake().identifier(PURCHASES)
                        + " UNION ALL SELECT CASE WHEN abs(CAST(amount AS double)) < 9999999999999.99"
                        + " THEN CAST(amount AS decimal(28,2)) END FROM "
                        + lake.lake().identifier(PURCHASE_REJECTS) + ")")
                .head();
        BigDecimal amount = row.getDecimal(1);
        return row.getLong(0) + " rows, " + amount.toPlainString();
    }

    @ParameterizedTest
    @MethodSource("values")
    void landsWhereItMust(BadValue value) {
        String id = lines.id(value);

        if (value.isKept()) {
            assertThat(rejected).doesNotContainKey(id);
            assertThat(kept.get(id)).isEqualTo(lines.expectedPurchase(value));
        } else {
            assertThat(kept).doesNotContainKey(id);
            assertThat(rejected.get(id))
                    .containsAllEntriesOf(lines.expectedReject(value))
                    .containsEntry("run_id", "bad");
        }
    }

    static List<BadValue> values() {
        return BadValues.inTheDatabase();
    }

    @Test
    void purchasesAndRejectsAreBronzeInRowsAndAmount() {
        assertThat(silverFigures).isEqualTo(sourceFigures);
        assertThat(kept.size() + rejected.size()).isEqualTo(values().size());
    }

    @Test
    void fixedRowsOfTheWindowAreNoRejectsAnyMore() {
        assertThat(rejectedAfterFebruary).isNotEmpty();
        assertThat(rejectedAfterFebruary.values())
                .as("rejects of months outside of the window stay until these are run")
                .allSatisfy(row -> assertThat(row.get("source_month")).isNotIn("201502", BronzeTables.NO_MONTH));
        for (String id : lines.rejectedIds()) {
            assertThat(keptAfterFebruary).containsEntry(id, lines.usualPurchase(id));
        }
    }

    @Test
    void aRunOfAllMonthsLeavesNoFixedRowAmongTheRejects() {
        assertThat(rejectedAfterAll).isEmpty();
        assertThat(keptAfterAll.keySet()).containsAll(lines.rejectedIds()).containsAll(kept.keySet());
    }
}
