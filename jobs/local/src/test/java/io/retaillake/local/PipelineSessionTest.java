package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineSessionTest {

    private static final List<String> ORDER = List.of(
            "ExtractDimensions",
            "ExtractPurchases",
            "BuildPurchases",
            "SalesByDatetime",
            "SalesByProduct",
            "SalesByAgeProduct",
            "SalesByResidence",
            "SalesByCustomer",
            "AffiliateOverview",
            "BuildTable",
            "PublishReport",
            "VerifyRun");

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void runsEveryJobInOrderAndReportsIt() throws IOException {
        assertThat(run()).isZero();

        assertThat(noted("start ")).isEqualTo(ORDER);
        assertThat(noted("process ")).as("they share one").hasSize(1);
        assertThat(out())
                .containsPattern("ExtractPurchases +\\d+\\.\\d +\\d+\\.\\d +0\\.5 +100 +200 +321")
                .containsPattern("total +\\d+\\.\\d +\\d+\\.\\d +6\\.0")
                .contains("\nresult of VerifyRun\n")
                .contains("report    file://" + folder.resolve("lake") + "/data/factdata/gold/report/latest.html\n")
                .contains("bin/sql --lake " + folder.resolve("lake") + " \"SELECT");
        assertThat(folder.resolve(".work/logs/r1/SalesByCustomer.log"))
                .content()
                .contains("finished job=SalesByCustomer")
                .doesNotContain("SalesByResidence", "AffiliateOverview");
        assertThat(err()).contains("SalesByCustomer: write it  40 of 100 rows (40%)", "VerifyRun: done in");
    }

    @Test
    void handsTheSourceToExtractionJobsOnlyTheParallelismToTheReaderDefinitionsToBuildTableAndTheWindowToAll()
            throws IOException {
        run();

        String common = "--lake " + folder.resolve("lake") + " --run-id r1 --from 2015-03 --to 2015-04";
        assertThat(order())
                .contains(
                        "ExtractDimensions " + common + " --secret file:" + folder.resolve("secret.json"),
                        "ExtractPurchases " + common + " --secret file:" + folder.resolve("secret.json")
                                + " --read-parallelism 2",
                        "BuildPurchases " + common,
                        "BuildTable " + common + " --tables /definitions",
                        "VerifyRun " + common);
    }

    @Test
    void stopsAtAFailedJobWithItsErrorItsExitCodeAndHowToRepeat() throws IOException {
        behaviour("BuildPurchases", "fail with bad data");

        assertThat(run()).isEqualTo(3);

        assertThat(noted("start ")).last().isEqualTo("BuildPurchases");
        assertThat(err())
                .contains("error BuildPurchases found sums that differ\n  bronze 10, source 11\nlog ")
                .contains(folder.resolve(".work/logs/r1/BuildPurchases.log").toString())
                .contains("bin/pipeline --scale 0.001 --from 2015-03 --to 2015-04 --run-id r1");
        assertThat(folder.resolve(".work/logs/r1/BuildPurchases.log")).content().contains("INFO  Something: later");
    }

    @Test
    void namesNoCommandToRepeatWhereTheSameWouldBeRefusedAgain() throws IOException {
        behaviour("BuildPurchases", "fail with bad arguments");

        assertThat(run()).isEqualTo(2);

        assertThat(err())
                .contains("error BuildPurchases is to use another run's name")
                .doesNotContain("repeat  ");
    }

    @Test
    void saysWhichJobWasKilledWithTheEndOfItsLogAndHowToGoOn() throws IOException {
        behaviour("ExtractPurchases", "die");

        assertThat(run()).isEqualTo(4);

        assertThat(err())
                .contains("error ExtractPurchases was killed by signal 9. If nobody", "the last words", "--run-id r1");
    }

    @Test
    void saysThatAJobRanOutOfMemoryWhereSparkEndedItsProcessForThat() throws IOException {
        behaviour("BuildPurchases", "run out of memory");

        assertThat(run()).isEqualTo(4);

        assertThat(err())
                .contains(
                        "error BuildPurchases ran out of memory",
                        "larger --memory than 1g",
                        "OutOfMemoryError",
                        "--run-id r1   (with a larger --memory; what is finished is left as it is)");
    }

    @Test
    void refusesALakeThatAnotherPipelineHolds() throws IOException {
        try (LakeLock held = LakeLock.of(PipelineLake.in(folder.resolve("lake")))) {
            assertThat(held).isNotNull();
            assertThat(run()).isEqualTo(4);
        }

        assertThat(err())
                .contains(
                        "another pipeline", "process " + ProcessHandle.current().pid() + ", started 2");
        assertThat(run()).as("after it was freed").isZero();
    }

    @Test
    void refusesALakeThatCannotBeWritten() throws IOException {
        Files.writeString(folder.resolve("lake"), "a file, not a folder");

        assertThat(run()).isEqualTo(2);

        assertThat(err()).contains("error the lake " + folder.resolve("lake") + " cannot be written");
    }

    private int run() {
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        Display display = new PlainDisplay(errors, System::nanoTime);
        return FakePipeline.session(folder, display, false)
                .run(new PrintStream(out, true, StandardCharsets.UTF_8), errors);
    }

    private void behaviour(String job, String behaviour) throws IOException {
        Files.writeString(folder.resolve(job + ".behaviour"), behaviour);
    }

    private List<String> order() throws IOException {
        return Files.readAllLines(folder.resolve("order.txt"));
    }

    private List<String> noted(String prefix) throws IOException {
        return order().stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .toList();
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
