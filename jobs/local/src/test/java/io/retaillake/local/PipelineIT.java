package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.command.TemporaryFolder;
import io.retaillake.common.registry.JobDefinition;
import io.retaillake.generator.GeneratorModule;
import io.retaillake.jobs.RetailJobs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole pipeline by real processes over a source with every defect: everything, the same again, and one month after
 * changes in the source. What it says is compared with what PostgreSQL says of the source.
 */
class PipelineIT {

    private static final String SCALE = "0.002";
    private static final String DIRTY_RATE = "0.02";
    private static final String FIRST_RUN = "first-" + UUID.randomUUID();
    private static final String MONTH_RUN = "month-" + UUID.randomUUID();

    /** What bronze must hold after the month's run: that month as it is now, the others as they were. */
    private static final String AFTER_MONTH_RUN = """
            (SELECT * FROM {s}.purchase_before
              WHERE purchase_date ~ '^(2014|2015)(0[1-9]|1[0-2])' AND left(purchase_date, 6) <> '201503'
             UNION ALL
             SELECT * FROM {s}.purchase
              WHERE (purchase_date ~ '^(2014|2015)(0[1-9]|1[0-2])' AND left(purchase_date, 6) <> '201503') IS NOT TRUE)""";

    /** What the lines of {@link #asReported} begin with. */
    private static final String AS_REPORTED = "{\"as_reported\":true,";

    @TempDir
    private static Path folder;

    private static Path lake;
    private static IntegrationSource source;
    private static SecretWatch watch;
    private static Submission submission;

    private static Submission.Ended first;
    private static List<String> bronzeAfterFirst;
    private static List<String> goldAfterFirst;
    private static List<String> expectedBronzeAfterFirst;
    private static List<String> expectedGoldAfterFirst;
    private static SortedMap<String, Path> tablesAfterFirst;

    private static List<Submission.Ended> repeated;
    private static SortedMap<String, Path> tablesAfterRepetition;

    private static Submission.Ended month;
    private static List<String> bronzeAfterMonth;
    private static List<String> goldAfterMonth;
    private static List<String> goldAsReported;

    @BeforeAll
    static void runEverythingThenTheSameThenAMonth() throws Exception {
        lake = folder.resolve("lake");
        source = new IntegrationSource(folder, "pipeline");
        watch = new SecretWatch(source.passwords());
        submission = new Submission(folder, watch, "local[2,4]");
        prepareSource();

        first = submission.pipeline(arguments(FIRST_RUN));
        tablesAfterFirst = CatalogFile.metadataFiles(lake);
        List<String> lines = submission.query(lake, everything());
        bronzeAfterFirst = bronze(lines);
        goldAfterFirst = gold(lines);
        expectedBronzeAfterFirst = BronzeRows.expected(source, "{s}.purchase");
        expectedGoldAfterFirst = SalesFigures.expected(source, "{s}.purchase", SalesFigures.marts());

        changeSource();
        repeated = repeatSomeJobs();
        tablesAfterRepetition = CatalogFile.metadataFiles(lake);

        submission = submission.withModule(ModuleJar.in(folder));
        month = submission.pipeline(arguments(MONTH_RUN, "--from", "2015-03", "--to", "2015-03"));
        lines = submission.query(lake, everything() + "\nUNION ALL\n" + asReported());
        bronzeAfterMonth = bronze(lines);
        goldAfterMonth = gold(lines).stream()
                .filter(line -> !line.startsWith(AS_REPORTED))
                .toList();
        goldAsReported = gold(lines).stream()
                .filter(line -> line.startsWith(AS_REPORTED))
                .map(line -> "{" + line.substring(AS_REPORTED.length()))
                .toList();
    }

    /** The marts as they were when the last month was first reported, which the run of everything did. */
    private static String asReported() {
        return SalesFigures.inLake(SalesFigures.marts())
                .replace("struct('", "struct(true AS as_reported, '")
                .replaceAll("FROM (gold\\.\\w+)", "FROM lake.$1 VERSION AS OF 'reported-2015-12'");
    }

    private static void prepareSource() throws Exception {
        List<String> arguments = new ArrayList<>(source.options(source.adminSecret()));
        arguments.addAll(List.of("--reader-secret", "file:" + source.readerSecret()));
        arguments.addAll(List.of("--scale", SCALE, "--dirty-rate", DIRTY_RATE));
        Submission.Ended prepared = submission.submit(GeneratorModule.FILL_SOURCE, arguments);
        assertThat(prepared.exitCode()).as(prepared.err()).isZero();
    }

    private static void changeSource() throws Exception {
        source.execute(
                "CREATE TABLE {s}.purchase_before AS TABLE {s}.purchase",
                "UPDATE {s}.purchase SET amount = amount + 1000.5 WHERE purchase_date = '20150311'",
                "DELETE FROM {s}.purchase WHERE purchase_date = '20150312' AND affiliate = 'A'",
                "INSERT INTO {s}.purchase SELECT affiliate, 'NEW' || receipt_no, division_cd, main_category_cd,"
                        + " sub_category_cd, customer_id, store_cd, '20150315', '9', 12345"
                        + " FROM {s}.purchase WHERE purchase_date = '20150110' AND length(receipt_no) < 17",
                "UPDATE {s}.purchase SET purchase_date = '20150316' WHERE purchase_date = ''",
                "UPDATE {s}.purchase SET amount = amount + 1 WHERE purchase_date LIKE '201407%'");
    }

    private static List<Submission.Ended> repeatSomeJobs() throws Exception {
        List<Submission.Ended> ended = new ArrayList<>();
        List<String> arguments = List.of("--lake", lake.toString(), "--run-id", FIRST_RUN);
        for (JobDefinition job :
                List.of(RetailJobs.EXTRACT_PURCHASES, RetailJobs.BUILD_PURCHASES, RetailJobs.AFFILIATE_OVERVIEW)) {
            List<String> all = new ArrayList<>(arguments);
            if (job.connects()) {
                all.addAll(source.readerOptions());
            }
            ended.add(submission.submit(job, all));
        }
        return ended;
    }

    private static List<String> arguments(String runId, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("--lake", lake.toString(), "--run-id", runId, "--cores", "2", "--memory", "1g"));
        arguments.addAll(source.readerOptions());
        arguments.addAll(List.of(more));
        return arguments;
    }

    private static String everything() {
        return BronzeRows.inLake() + "\nUNION ALL\n" + SalesFigures.inLake(SalesFigures.marts());
    }

    private static List<String> bronze(List<String> lines) {
        return lines.stream().filter(line -> !line.startsWith("{")).toList();
    }

    private static List<String> gold(List<String> lines) {
        return lines.stream().filter(line -> line.startsWith("{")).toList();
    }

    @AfterAll
    static void removeLogs() {
        for (String run : List.of(FIRST_RUN, MONTH_RUN)) {
            TemporaryFolder.deleteTree(
                    Submission.PROJECT.workFolder().resolve("logs").resolve(run));
        }
    }

    @Test
    void bronzeIsTheSourceRowForRow() {
        assertThat(first.exitCode()).as(first.err()).isZero();
        Rows.assertEqual("bronze", bronzeAfterFirst, expectedBronzeAfterFirst);
    }

    @Test
    void everyMartIsWhatPostgresqlComputesFromTheSource() {
        Rows.assertEqual("gold", goldAfterFirst, expectedGoldAfterFirst);
        assertThat(SalesFigures.marts())
                .allSatisfy(mart -> assertThat(goldAfterFirst).anyMatch(row -> row.contains('"' + mart + '"')));
    }

    @Test
    void verifiesItselfAndShowsTheKpis() {
        assertThat(first.out()).contains("Reconciliation of run " + FIRST_RUN, "KPIs per affiliate");
    }

    @Test
    void theSameRunAgainChangesNoTableAlthoughTheSourceChanged() {
        assertThat(repeated).extracting(Submission.Ended::exitCode).containsOnly(0);
        assertThat(tablesAfterRepetition).isEqualTo(tablesAfterFirst);
    }

    @Test
    void aMonthsRunRenewsThatMonthAndLeavesTheOthers() throws Exception {
        assertThat(month.exitCode()).as(month.err()).isZero();
        Rows.assertEqual("bronze", bronzeAfterMonth, BronzeRows.expected(source, AFTER_MONTH_RUN));
        Rows.assertEqual("gold", goldAfterMonth, SalesFigures.expected(source, AFTER_MONTH_RUN, SalesFigures.marts()));
        assertThat(goldAfterMonth).isNotEqualTo(goldAfterFirst);
    }

    @Test
    void theFiguresAsReportedAreReadByTheirTagAfterTheMonthsRun() throws Exception {
        assertThat(month.exitCode()).as(month.err()).isZero();
        Rows.assertEqual("gold as reported", goldAsReported, expectedGoldAfterFirst);
    }

    @Test
    void aMonthsRunReportsThatAnotherMonthHasDrifted() {
        assertThat(month.out()).contains("201407").doesNotContain("201406");
        assertThat(first.out()).doesNotContain("201407");
    }

    @Test
    void theJobOfAModuleOnTheClassPathRunsAmongTheMartsAndIsVerified() throws Exception {
        assertThat(month.out()).contains("VisitsByStore");
        assertThat(submission.query(
                        lake,
                        "SELECT concat_ws(' ', affiliate, store_cd, visits) FROM gold.visits_by_store ORDER BY 1"))
                .isNotEmpty()
                .isEqualTo(
                        submission.query(
                                lake,
                                "SELECT concat_ws(' ', affiliate, store_cd, count(*)) FROM (SELECT DISTINCT affiliate, store_cd,"
                                        + " receipt_no FROM silver.purchases WHERE store_cd IS NOT NULL) GROUP BY affiliate, store_cd ORDER BY 1"));
    }

    @Test
    void noPasswordIsSeenAnywhere() throws Exception {
        watch.inspectFiles(lake);
        for (String run : List.of(FIRST_RUN, MONTH_RUN)) {
            watch.inspectFiles(Submission.PROJECT.workFolder().resolve("logs").resolve(run));
        }
        assertThat(watch.leaks()).isEmpty();
        assertThat(watch.processCount())
                .as("processes watched: of both runs bin/pipeline, Spark, PostgreSQL and what it starts")
                .isGreaterThanOrEqualTo(8);
    }
}
