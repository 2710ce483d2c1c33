package io.retaillake.jobs.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.run.FailedJobException;
import io.retaillake.jobs.Cells;
import io.retaillake.jobs.Printed;
import io.retaillake.jobs.TestLake;
import io.retaillake.jobs.silver.BuildPurchases;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ShowTableTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    private TestLake lake;
    private Definitions definitions;

    @BeforeEach
    void buildSilver() throws FailedJobException {
        lake = new TestLake(folder.resolve("lake"));
        definitions = new Definitions(folder.resolve("tables"));
        definitions.write("monthly", Definitions.MONTHLY_YAML, Definitions.MONTHLY_SQL);
        lake.publishSampleDimensions("d1");
        lake.publishPurchases("b1", Cells.purchase("R1", "20150131", 100));
        lake.run(new BuildPurchases(), "r1");
    }

    @Test
    void showsRowsOfAFileOrANameAndPublishesNothing() {
        String ofFile = show(definitions.folder() + "/monthly.yaml");

        assertThat(ofFile)
                .contains(
                        "gold.monthly, months all",
                        "month       total_purchase_amount",
                        "2015-01-01                 100.00",
                        "(1 row)");
        assertThat(show("gold.monthly", "--tables", definitions.folder())
                        .lines()
                        .toList())
                .startsWith(
                        ofFile.lines().takeWhile(line -> !line.endsWith(" s")).toArray(String[]::new));
        assertThat(show("sales_by_store_customer", "--from", "1999-01", "--to", "1999-01"))
                .contains("gold.sales_by_store_customer, months 1999-01..1999-01", "(0 rows)");
        assertThat(lake.spark().catalog().tableExists("lake.gold.monthly")).isFalse();
    }

    @Test
    void namesWhatIsWrongWithThatDefinitionAlone() {
        definitions.write("other.sql", "SELECT");
        definitions.write("monthly.sql", Definitions.MONTHLY_SQL.replace("count(*)", "cont(*)"));

        FailedJobException failure = lake.fail(new ShowTable(), null, definitions.folder() + "/monthly.sql");

        assertThat(failure.exitCode()).isEqualTo(2);
        assertThat(failure).hasMessageContaining("monthly.sql:3: ").message().doesNotContain("other");
    }

    @Test
    void saysWhichDefinitionsThereAreAndWhatItTakes() {
        assertThat(lake.fail(new ShowTable(), null, "gold.nothing"))
                .hasMessageContainingAll("There is no definition of gold.nothing", "gold.sales_by_store", "--tables");
        assertThat(lake.fail(new ShowTable(), null, definitions.folder(), "--limit", "0", "--from", "2015-01"))
                .hasMessageContainingAll("is a folder; give", "--limit is 0", "only --from is given");
        assertThat(lake.fail(new ShowTable(), null, "gold.sales_by_store", "--watch"))
                .hasMessageContaining("--watch needs files of this machine");
    }

    @Test
    @Timeout(600)
    void showsThemAgainWheneverAFileIsSavedUntilItIsStopped() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream standardOutput = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        Thread watcher = new Thread(() -> {
            try {
                lake.run(new ShowTable(), null, definitions.folder() + "/monthly.sql", "--watch");
            } catch (FailedJobException e) {
                System.out.println("failed " + e.getMessage());
            }
        });
        try {
            watcher.start();
            awaitWaiting(printed, 1);
            definitions.write("monthly.sql", Definitions.MONTHLY_SQL.replace("count(*)", "cont(*)"));
            awaitWaiting(printed, 2);
            definitions.write("monthly.sql", Definitions.MONTHLY_SQL.replace("count(*)", "count(*) + 41000"));
            awaitWaiting(printed, 3);
        } finally {
            watcher.interrupt();
            watcher.join();
            System.setOut(standardOutput);
        }
        String[] shown = printed.toString(StandardCharsets.UTF_8).split("-- waiting for .*\n");
        assertThat(shown).hasSize(3);
        assertThat(shown[0]).contains("gold.monthly, months all").doesNotContain("41001");
        assertThat(shown[1]).contains("monthly.sql:3: ").doesNotContain("months all");
        assertThat(shown[2]).contains("gold.monthly, months all", "41001");
    }

    private static void awaitWaiting(ByteArrayOutputStream printed, int times) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (printed.toString(StandardCharsets.UTF_8).split("-- waiting for", -1).length <= times) {
            assertThat(Instant.now())
                    .as(printed.toString(StandardCharsets.UTF_8))
                    .isBefore(end);
            Thread.sleep(50);
        }
    }

    private String show(String... arguments) {
        return Printed.by(() -> {
            try {
                lake.run(new ShowTable(), null, arguments);
            } catch (FailedJobException e) {
                throw new AssertionError(e);
            }
        });
    }
}
