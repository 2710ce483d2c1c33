package io.retaillake.jobs.ops.sql;

import static io.retaillake.common.contract.BronzeTables.CUSTOMER;
import static io.retaillake.common.contract.BronzeTables.PRODUCTS_INFO;
import static io.retaillake.common.contract.BronzeTables.ZIPCODE;
import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.run.FailedJobException;
import io.retaillake.jobs.Printed;
import io.retaillake.jobs.SampleRows;
import io.retaillake.jobs.TestLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a statement may do, and what a person is told of one that fails. */
class SqlTest {

    @TempDir
    static Path folder;

    private static TestLake lake;

    @BeforeAll
    static void publish() {
        lake = new TestLake(folder.resolve("lake"));
        lake.publishDimensions(
                "first",
                SampleRows.typed(lake.spark(), CUSTOMER),
                SampleRows.typed(lake.spark(), PRODUCTS_INFO),
                SampleRows.typed(lake.spark(), ZIPCODE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP TABLE bronze.customer",
                "\n-- a note\n/* another */ drop table if exists lake.`bronze`.CUSTOMER purge;",
                "TRUNCATE TABLE bronze.customer",
                "DELETE FROM bronze.customer WHERE true",
                "UPDATE bronze.customer SET sex = 'x'",
                "INSERT INTO bronze.customer SELECT * FROM bronze.customer",
                "INSERT INTO bronze.customer.branch_mine SELECT * FROM bronze.customer",
                "INSERT OVERWRITE bronze.customer SELECT * FROM bronze.customer",
                "WITH c AS (SELECT * FROM bronze.customer) INSERT INTO bronze.customer SELECT * FROM c",
                "FROM bronze.customer INSERT INTO bronze.customer SELECT * INSERT INTO bronze.customer SELECT *",
                "MERGE INTO bronze.customer t USING bronze.customer s ON t.customer_id = s.customer_id WHEN MATCHED THEN DELETE",
                "ALTER TABLE bronze.customer RENAME TO bronze.mine",
                "ALTER TABLE bronze.customer ADD COLUMN mine INT",
                "ALTER TABLE bronze.customer CREATE BRANCH mine",
                "ALTER TABLE bronze.customer CREATE OR REPLACE TAG `run-first`",
                "ALTER TABLE bronze.customer DROP TAG `run-first`",
                "ALTER TABLE bronze.customer SET TBLPROPERTIES ('mine'='yes')",
                "ALTER TABLE bronze.customer WRITE ORDERED BY customer_id",
                "CREATE OR REPLACE TABLE bronze.customer AS SELECT 1 AS one",
                "CREATE TABLE IF NOT EXISTS other.gold.sales_by_product (id INT)",
                "CREATE TABLE mine.t (id INT) USING iceberg LOCATION '/lake/data/factdata/gold/sales_by_product'",
                "CREATE TABLE mine.t (id INT) USING iceberg LOCATION '/lake/data/mine/../factdata/gold/sales_by_product'",
                "CREATE TABLE dimension.customer AS SELECT 1 AS one",
                "DROP NAMESPACE bronze CASCADE",
                "CREATE NAMESPACE lake.gold",
                "COMMENT ON TABLE bronze.customer IS 'mine'",
                "CALL lake.system.rollback_to_snapshot('bronze.customer', 1)",
                "CALL lake.system.expire_snapshots(table => '`bronze`.customer', older_than => TIMESTAMP '2030-01-01')",
                "CALL lake.system.register_table(table => 'mine.t', metadata_file => '/lake/metadata.json')",
                "DROP TABLE IDENTIFIER('bronze.' || 'customer')",
                "DELETE FROM lake.`/lake/data/dimension/customer` WHERE true",
                "INSERT OVERWRITE DIRECTORY '/tmp/mine' USING csv SELECT 1",
                "SET spark.sql.catalog.lake.warehouse = /tmp/mine",
                "ANALYZE TABLE bronze.customer COMPUTE STATISTICS",
            })
    void runsNothingThatWritesWhatTheJobsPublish(String statement) {
        Map<String, SnapshotRef> before = table().refs();

        FailedJobException reading = lake.fail(new Sql(), null, statement);
        assertThat(reading).as("without --write").isNotNull().hasMessageContaining("--write");
        assertThat(reading.exitCode()).isEqualTo(2);
        FailedJobException writing = lake.fail(new Sql(), null, statement, "--write");
        assertThat(writing).as("with --write").isNotNull().hasMessageContaining("nothing was run");
        assertThat(writing.exitCode()).isEqualTo(2);

        assertThat(table().refs()).isEqualTo(before);
        assertThat(table().properties()).doesNotContainKey("mine");
    }

    @Test
    void namesTheTableThatWasProbablyMeant() {
        assertThat(lake.fail(new Sql(), null, "SELECT * FROM bronze.custmer"))
                .hasMessageContaining("Did you mean bronze.customer?");
        assertThat(lake.fail(new Sql(), null, "SELECT * FROM lake.bronze.zipcodes z JOIN bronze.customer USING (zip)"))
                .hasMessageContaining("Did you mean bronze.zipcode?");
        assertThat(lake.fail(new Sql(), null, "SELECT * FROM nothing.like_it")).hasMessageNotContaining("Did you mean");
    }

    @Test
    void writesTablesOfTheUsersOwnOnlyWhereThatIsAskedFor() throws Exception {
        assertThat(lake.fail(new Sql(), null, "CREATE NAMESPACE mine")).hasMessageContaining("--write");
        lake.run(new Sql(), null, "CREATE NAMESPACE mine", "--write");
        lake.run(new Sql(), null, "CREATE TABLE mine.kept AS SELECT customer_id FROM bronze.customer", "--write");
        lake.run(new Sql(), null, "CREATE TABLE bronze.kept AS SELECT 1 AS one", "--write");
        lake.run(new Sql(), null, "INSERT INTO mine.kept SELECT customer_id FROM bronze.customer", "--write");
        lake.run(new Sql(), null, "CALL lake.system.rewrite_data_files('mine.kept')", "--write");
        lake.run(
                new Sql(),
                null,
                "DELETE FROM mine.kept WHERE customer_id IN (SELECT customer_id FROM bronze.customer)",
                "--write");
        lake.run(new Sql(), null, "DROP TABLE bronze.kept", "--write");

        assertThat(sql("SELECT count(*) AS n FROM mine.kept")).isEqualTo("n\n0\n");
        assertThat(sql("SHOW TABLES IN bronze")).doesNotContain("kept");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EXPLAIN DROP TABLE bronze.customer",
                "CREATE TEMPORARY VIEW v AS SELECT * FROM bronze.customer",
                "CACHE TABLE c AS SELECT * FROM bronze.customer",
                "SET spark.sql.shuffle.partitions = 3",
                "DESCRIBE TABLE EXTENDED bronze.customer",
                "SHOW CREATE TABLE bronze.customer",
                "SHOW NAMESPACES",
                "USE bronze",
                "\n-- a comment first\nSELECT 1 AS `drop table bronze.customer`;",
            })
    void takesWhatOnlyReads(String statement) throws Exception {
        lake.run(new Sql(), null, statement);

        assertThat(table().currentSnapshot()).isNotNull();
    }

    @Test
    void showsTheTablesOfAllNamespacesWhereNoneIsNamed() {
        assertThat(sql("SHOW TABLES")).contains("bronze,customer,false\n", "ops,job_runs,false\n");
        assertThat(sql("SHOW TABLES LIKE 'zip*'")).isEqualTo("namespace,tableName,isTemporary\nbronze,zipcode,false\n");
    }

    @Test
    void saysWhichVersionsThereAre() {
        assertRefused(
                "SELECT * FROM bronze.customer VERSION AS OF 'nope'",
                "no version 'nope' of bronze.customer",
                "run-first");
        assertRefused(
                "WITH c AS (SELECT * FROM lake.bronze.customer VERSION AS OF 12) SELECT * FROM c", "'12'", "run-first");
        assertRefused(
                "SELECT * FROM zip WHERE (SELECT count(*) FROM bronze.zipcode TIMESTAMP AS OF '2001-01-01') > 0"
                        .replace("zip ", "bronze.zipcode "),
                "bronze.zipcode",
                "Asia/Seoul",
                "first version");
        assertRefused("SELECT * FROM bronze.customer TIMESTAMP AS OF 'yesterday'", "yesterday");
    }

    @Test
    void runsSeveralStatementsInOneSession() throws Exception {
        assertThat(sql("CREATE TEMPORARY VIEW seven AS SELECT 7 AS n; -- and\nSELECT 6 * n AS answer FROM seven;"))
                .endsWith("answer\n42\n");
        Path file = Files.writeString(
                folder.resolve("script.sql"), "USE bronze;\nSELECT ';' AS a, count(*) AS n FROM zipcode");
        assertThat(Printed.by(() -> run("--file", file.toString(), "--format", "csv")))
                .isEqualTo("a,n\n;," + lake.read(ZIPCODE).count() + "\n");
    }

    @Test
    void stopsAtTheFirstStatementThatFails() {
        String printed = Printed.by(() -> assertRefused(
                "SELECT 6 * 7 AS answer;\n\nSELECT raise_error('no');\nSELECT 5 * 9999",
                "statement 2, line 3: The statement failed while it ran"));
        assertThat(printed).contains("42").doesNotContain("49995");
    }

    @Test
    void runsNoneOfSeveralStatementsWhereOneMayNotRun() {
        for (String wrong : List.of("DROP TABLE bronze.zipcode", "SELECT 1 +")) {
            String printed =
                    Printed.by(() -> assertRefused("SELECT 6 * 7 AS answer;\n" + wrong, "statement 2, line 2: "));
            assertThat(printed).isEmpty();
        }
    }

    @Test
    void refusesWhatIsNoStatement() {
        assertRefused("\n-- nothing\n/* else */ ;", "no statement");
        assertRefused(";", "no statement");
        assertRefused("SELECT 1 FORM bronze.customer; DROP", "Syntax error");
        assertThat(lake.fail(new Sql(), null, "SELECT 1", "--file", "x")).hasMessageContaining("give one of them");
        assertThat(lake.fail(new Sql(), null, "--file", folder + "/none"))
                .hasMessageContaining("there is no such file");
        assertThat(lake.fail(new Sql(), null, "SELECT 1; SELECT 2", "--export", folder + "/several"))
                .hasMessageContaining("--export takes one statement");
    }

    @Test
    void showsWholeWhatSparkSaysOfTablesAndPlans() {
        assertThat(Printed.by(() -> run("DESCRIBE TABLE bronze.customer; EXPLAIN SELECT * FROM bronze.customer")))
                .contains("customer_id", "== Physical Plan ==\n")
                .doesNotContain("...");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT assert_true(false)",
                "SELECT raise_error('is not true')",
                "SELECT sequence(id, 5, -1) FROM range(1)",
                "SELECT 1 % 0, regexp_extract('a' || id, '(', 1) FROM range(1)",
                "SELECT (SELECT customer_id FROM bronze.customer) FROM range(1)",
                "SELECT to_date(CAST(id AS STRING), 'QQQQQ') FROM range(1)",
                "SELECT java_method('java.lang.Integer', 'parseInt', 'x')",
                "SELECT from_json(CAST(id AS STRING), 'x INT', map('mode', 'FAILFAST')) FROM range(1)",
            })
    void saysWhatFailedWhileTheStatementRan(String statement) {
        FailedJobException failure = lake.fail(new Sql(), null, statement);

        assertThat(failure).isNotNull();
        assertThat(failure.exitCode()).as(failure.getMessage()).isEqualTo(2);
        assertThat(failure.getMessage()).doesNotContain("stack trace", "\tat ", "unexpectedly", "Job aborted");
    }

    @Test
    void exportsAResultAsPlainFiles() throws Exception {
        Path export = folder.resolve("내보내기 %20");
        lake.run(
                new Sql(),
                null,
                "SELECT customer_id, CAST(NULL AS INT) AS none FROM bronze.customer",
                "--export",
                export.toString());
        assertThat(names(export)).isNotEmpty().allMatch(name -> name.endsWith(".parquet"));
        assertThat(lake.spark().read().parquet("file://" + export).count())
                .isEqualTo(lake.read(CUSTOMER).count());

        FailedJobException again = lake.fail(new Sql(), null, "SELECT 1", "--export", export.toString());
        assertThat(again)
                .hasMessageContaining("not empty")
                .extracting(FailedJobException::exitCode)
                .isEqualTo(2);

        Path csv = Files.createDirectory(folder.resolve("csv"));
        lake.run(
                new Sql(),
                null,
                "SELECT 'a \"b' AS a, '' AS b, CAST(NULL AS STRING) AS c",
                "--export",
                csv.toString(),
                "--format",
                "csv");
        String file = names(csv).stream()
                .filter(name -> name.endsWith(".csv"))
                .findFirst()
                .orElseThrow();
        assertThat(csv.resolve(file)).hasContent("a,b,c\n\"a \"\"b\",\"\",");
    }

    @Test
    void leavesNothingOfAnExportThatFails() throws Exception {
        Path parent = Files.createDirectory(folder.resolve("failed"));
        lake.fail(
                new Sql(),
                null,
                "SELECT raise_error('no') AS a FROM range(2)",
                "--export",
                parent.resolve("x").toString());

        assertThat(names(parent)).isEmpty();
    }

    @Test
    void refusesAnExportThatIsNotOne() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("lake/data"));
        assertThat(lake.fail(new Sql(), null, "SELECT 1", "--export", link + "/x"))
                .hasMessageContaining("outside");
        String inTheLake = folder.resolve("lake/data/x").toString();
        assertThat(lake.fail(new Sql(), null, "SELECT 1", "--export", inTheLake, "--format", "json"))
                .hasMessageContainingAll("outside", "allowed with --export: parquet, csv");
        assertThat(lake.fail(new Sql(), null, "SELECT 1", "--format", "parquet"))
                .hasMessageContaining("allowed: table, csv, json");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static void assertRefused(String statement, String... reasons) {
        FailedJobException failure = lake.fail(new Sql(), null, statement);
        assertThat(failure).as(statement).isNotNull().hasMessageContainingAll(reasons);
        assertThat(failure.exitCode()).isEqualTo(2);
    }

    private static Table table() {
        return lake.lake().find(CUSTOMER).orElseThrow();
    }

    private static String sql(String statement) {
        return Printed.by(() -> run(statement, "--format", "csv"));
    }

    private static void run(String... arguments) {
        try {
            lake.run(new Sql(), null, arguments);
        } catch (FailedJobException e) {
            throw new AssertionError(e);
        }
    }
}
