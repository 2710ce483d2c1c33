package io.retaillake.jobs.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.contract.Layer;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.Job;
import io.retaillake.jobs.Cells;
import io.retaillake.jobs.Printed;
import io.retaillake.jobs.TestLake;
import io.retaillake.jobs.ops.check.CheckLake;
import io.retaillake.jobs.ops.maintenance.CleanUp;
import io.retaillake.jobs.ops.maintenance.Migrate;
import io.retaillake.jobs.ops.sql.Sql;
import io.retaillake.jobs.silver.BuildPurchases;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What looks after a lake knows a table that a user has defined and built, without the definition's files. */
class UsersTableTest {

    private static final String TABLE = "gold.monthly";
    private static final String WITH_NOTE = Definitions.MONTHLY_YAML.replace(
            "adds_up_to", "  - {name: note, type: string, en: A note., ko: 비고}\nadds_up_to");

    @TempDir
    private Path folder;

    private TestLake lake;
    private Definitions definitions;

    @BeforeEach
    void buildATable() throws FailedJobException {
        lake = new TestLake(folder.resolve("lake"));
        lake.publishSampleDimensions("d1");
        lake.publishPurchases("b1", Cells.purchase("R1", "20150131", 100));
        lake.run(new BuildPurchases(), "r1");
        definitions = new Definitions(folder.resolve("tables"));
        definitions.write("monthly", Definitions.MONTHLY_YAML, Definitions.MONTHLY_SQL);
        build("r1");
    }

    @Test
    void damageIsNamedWithTheCommandThatBuildsTheTableAgain() throws Exception {
        assertThat(printed(new CheckLake())).contains("ok        " + TABLE);
        try (Stream<Path> files = Files.list(dataFolder().resolve("month_month=2015-01"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }

        String said = Printed.by(() -> assertThat(lake.fail(new CheckLake(), null))
                .hasMessageContaining("1 of")
                .hasMessageContaining(TABLE));

        assertThat(said).contains("damaged   " + TABLE, "BuildTable --table " + TABLE);
        assertThat(lake.fail(new Sql(), null, "SELECT sum(count_of_purchase) FROM " + TABLE))
                .hasMessageContaining(TABLE + " is damaged")
                .hasMessageContaining("BuildTable --table " + TABLE);
        lake.run(new BuildTable(), "r2", "--table", TABLE);
        assertThat(lake.spark().table("lake." + TABLE).count()).isOne();
        lake.run(new CheckLake(), null);
    }

    @Test
    void isFoundAgainWhereTheCatalogIsLost() {
        String other = folder.resolve("other.db").toString();

        String said = printed(new CheckLake(), "--catalog-file", other, "--restore");

        assertThat(said).contains("restored  " + TABLE);
        assertThat(printed(new CheckLake(), "--catalog-file", other)).contains("ok        " + TABLE);
    }

    @Test
    void isMovedWithItsLake() throws Exception {
        Path moved = folder.resolve("moved");
        Files.move(folder.resolve("lake"), moved);
        TestLake there = new TestLake(moved);
        assertThat(there.fail(new Sql(), null, "SELECT * FROM gold.monthly"))
                .hasMessageContaining("moved from")
                .hasMessageContaining("--relocate");

        String said = Printed.by(() -> {
            try {
                there.run(new CheckLake(), null, "--relocate");
            } catch (FailedJobException e) {
                throw new AssertionError(e);
            }
        });

        assertThat(said).contains("moved     " + TABLE);
        assertThat(there.spark().table("lake." + TABLE).count()).isOne();
    }

    @Test
    void isCleanedUp() throws FailedJobException {
        build("r2");

        String said = Printed.by(
                () -> run(new CleanUp(Clock.offset(Clock.systemUTC(), Duration.ofDays(100))), "--keep-runs", "1"));

        assertThat(said).contains(TABLE + "\n");
        assertThat(table().refs()).containsKey("run-r2").doesNotContainKey("run-r1");
    }

    @Test
    void isMigratedWhereItsDefinitionGetsAColumn() throws FailedJobException {
        definitions.write(
                "monthly",
                WITH_NOTE,
                Definitions.MONTHLY_SQL.replace("AS count_of_purchase", "AS count_of_purchase, 'x' AS note"));

        FailedJobException refused = fail("r2");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused)
                .hasMessageContaining(TABLE + " in the lake")
                .hasMessageContaining("is not yet what its definition says:\n- add column note string")
                .hasMessageContaining("Migrate")
                .hasMessageContaining("--tables");
        assertThat(printed(new Migrate())).contains("Nothing to do");

        assertThat(printed(new Migrate(), "--tables", definitions.folder()))
                .contains(TABLE + ": add column note string\n", TABLE + ": set property retail-lake.definition.sql\n");
        assertThat(printed(new Migrate())).contains("Nothing to do");
        build("r2");
        assertThat(lake.spark().sql("SELECT note FROM lake." + TABLE).head().getString(0))
                .isEqualTo("x");
    }

    @Test
    void refusesWhatTheTableCanNotBecome() {
        definitions.write(
                "monthly",
                Definitions.MONTHLY_YAML
                        .replaceAll("adds_up_to.*\n", "")
                        .replace("count_of_purchase, type: bigint", "count_of_purchase, type: string"),
                Definitions.MONTHLY_SQL.replace("count(*)", "CAST(count(*) AS string)"));

        for (FailedJobException refused :
                List.of(fail("r2"), lake.fail(new Migrate(), null, "--tables", definitions.folder()))) {
            assertThat(refused.exitCode()).isEqualTo(2);
            assertThat(refused)
                    .hasMessageContaining(TABLE)
                    .hasMessageContaining("count_of_purchase long")
                    .hasMessageContaining("another name")
                    .hasMessageContaining("DROP TABLE … PURGE");
        }
    }

    @Test
    void isNotWrittenByStatementsButDropped() throws FailedJobException {
        for (String statement : List.of(
                "INSERT INTO gold.monthly VALUES (DATE '2015-01-01', 1.00BD, 1L)",
                "ALTER TABLE gold.monthly SET TBLPROPERTIES ('a' = 'b')",
                "DROP TABLE gold.monthly")) {
            FailedJobException refused = lake.fail(new Sql(), null, statement, "--write");
            assertThat(refused).as(statement).hasMessageContaining("would write gold.monthly, which BuildTable builds");
            assertThat(refused.exitCode()).isEqualTo(2);
        }
        assertThat(lake.fail(new Sql(), null, "DROP TABLE gold.sales_by_customer PURGE", "--write"))
                .hasMessageContaining("belongs to the jobs");

        lake.run(new Sql(), null, "DROP TABLE gold.monthly PURGE", "--write");
        assertThat(lake.spark().catalog().tableExists("lake." + TABLE)).isFalse();
        build("r1");
        assertThat(lake.spark().table("lake." + TABLE).count()).isOne();
    }

    @Test
    void keepsTheDefinitionOfTheRowsThatReadersSee() throws FailedJobException {
        String before = table().properties().get("retail-lake.definition.sql");
        assertThat(before).isEqualTo(Definitions.MONTHLY_SQL);
        definitions.write("monthly.sql", Definitions.MONTHLY_SQL.replace("sum(amount)", "sum(amount) + 1"));
        assertThat(fail("r2").exitCode()).isEqualTo(3);
        assertThat(table().properties()).containsEntry("retail-lake.definition.sql", before);

        definitions.write("monthly.sql", Definitions.MONTHLY_SQL + "-- as of today\n");
        build("r2");

        assertThat(table().properties())
                .containsEntry("retail-lake.definition.sql", Definitions.MONTHLY_SQL + "-- as of today\n");
    }

    @Test
    void aDefinitionThatCanNotBeReadKeepsNobodyFromTheRest() throws FailedJobException {
        table().updateProperties()
                .set("retail-lake.definition.yaml", "of a version to come: [")
                .commit();

        assertThat(printed(new CheckLake())).contains("ok        " + TABLE);
        assertThat(printed(new CleanUp())).contains(TABLE);
        assertThat(printed(new Migrate())).contains("Nothing to do");
        assertThat(lake.fail(new Sql(), null, "DELETE FROM gold.monthly", "--write"))
                .hasMessageContaining("would write gold.monthly");
        build("r2");
        assertThat(table().properties()).containsEntry("retail-lake.definition.yaml", Definitions.MONTHLY_YAML);
    }

    private void build(String runId) throws FailedJobException {
        lake.run(new BuildTable(), runId, "--tables", definitions.folder(), "--table", TABLE);
    }

    private FailedJobException fail(String runId) {
        return lake.fail(new BuildTable(), runId, "--tables", definitions.folder(), "--table", TABLE);
    }

    private String printed(Job job, String... arguments) {
        return Printed.by(() -> run(job, arguments));
    }

    private void run(Job job, String... arguments) {
        try {
            lake.run(job, null, arguments);
        } catch (FailedJobException e) {
            throw new AssertionError(e);
        }
    }

    private Table table() {
        return lake.lake().find(TableContract.ofSqlTable(Layer.GOLD, "monthly")).orElseThrow();
    }

    private Path dataFolder() {
        return folder.resolve("lake/data/tables/gold/monthly/data");
    }
}
