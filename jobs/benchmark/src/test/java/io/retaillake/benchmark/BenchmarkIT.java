package io.retaillake.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole benchmark by {@code bin/benchmark}, at a scale where only its working is of interest. */
@Tag("benchmark")
class BenchmarkIT {

    @TempDir
    private static Path folder;

    private static String page;
    private static List<Measurement> measurements;

    @BeforeAll
    static void runEverybodyOnce() throws IOException, InterruptedException {
        page = run("page.md");
        measurements = Results.read(List.of(folder.resolve("page.csv"))).measurements();
    }

    /** Runs the benchmark with a few rows, and {@code more} options, and returns its page. */
    private static String run(String fileName, String... more) throws IOException, InterruptedException {
        Path project = Path.of(System.getProperty("retail-lake.project")).toRealPath();
        Path out = folder.resolve(fileName);
        List<String> command =
                new ArrayList<>(List.of(project.resolve("bin/benchmark").toString()));
        command.addAll(List.of("--scales", "0.001", "--rounds", "1", "--cores", "2", "--memory", "1g"));
        command.addAll(List.of("--out", out.toString()));
        command.addAll(List.of(more));
        Path log = folder.resolve(fileName + ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor()).as(() -> readLog(log)).isZero();
        return Files.readString(out);
    }

    private static String readLog(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void everybodysMartsAgree() {
        assertThat(page)
                .contains(
                        "scale 0.001, round 1: ours agree with the old way (16 totals); ours agree with DuckDB (29 totals)");
    }

    @Test
    void oursAndDuckDbAgreeOnInvalidRows() throws IOException, InterruptedException {
        assertThat(run("dirty.md", "--dirty-rate", "0.05", "--contestants", "ours,duckdb"))
                .contains("scale 0.001, round 1: ours agree with DuckDB (29 totals)");
    }

    @Test
    void duckDbKeepsTheSameOfRepeatedKeysAsWeDo() throws IOException, InterruptedException, SQLException {
        try (KeylessDatabase own = new KeylessDatabase(folder)) {
            List<String> options = new ArrayList<>(List.of("--contestants", "ours,duckdb"));
            options.addAll(own.options());
            assertThat(run("own.md", options.toArray(String[]::new)))
                    .contains("scale of your own, round 1: ours agree with DuckDB (29 totals)")
                    .contains("rows rejected: " + KeylessDatabase.REPEATED_ROWS);
        }
    }

    @Test
    void thePageOfAFileIsThePageOfTheRun() throws IOException, InterruptedException {
        assertThat(run("again.md", "--render", folder.resolve("page.csv").toString()))
                .isEqualTo(page);
    }

    @Test
    void findsTheSmallestHeap() throws IOException, InterruptedException {
        assertThat(run("heaps.md", "--heaps", "64m,1g"))
                .containsPattern("\\| scale 0.001 \\| 1,024 \\| [0-9.]+ \\| 1,024 \\| [0-9.]+ \\| .*with 64:");
    }

    @Test
    void thePageHasARowForEveryRatioAndEveryStep() {
        Mark.ALL.forEach(mark -> assertThat(page)
                .containsPattern("\\| " + Pattern.quote(mark.title()) + " \\| ≤ [0-9.]+ \\| [0-9.]+ \\| [0-9]"));
        assertThat(page)
                .contains("| ExtractPurchases |", "| BuildPurchases |", "| AffiliateOverview |", "| VerifyRun |")
                .contains(
                        OldWaySteps.ALL.stream().map(step -> "| " + step + " |").toList())
                .contains(DuckDbSteps.MARTS.stream()
                        .map(step -> "| " + step + " |")
                        .toList())
                .contains(
                        "| COPY text |",
                        "| COPY binary |",
                        "| read and write files |",
                        "| " + EmptySparkJob.STEP + " |");
    }

    @Test
    void everyStepOfAContestantHasTimesAndMemory() {
        assertThat(measurements).allSatisfy(one -> {
            assertThat(one.seconds()).isPositive();
            assertThat(one.cpuSeconds()).isPositive();
            assertThat(one.peakBytes()).isGreaterThan(10L << 20);
        });
        assertThat(measurements)
                .filteredOn(one -> one.step().equals("ExtractPurchases"))
                .allSatisfy(one -> {
                    assertThat(one.snapshotSeconds()).isLessThan(one.seconds() + one.startSeconds());
                    assertThat(one.postgresCpuSeconds()).isPositive();
                    assertThat(one.bytesWritten()).isPositive();
                })
                .filteredOn(one -> one.contestant() == Contestant.OURS)
                // So small a month is read between two looks at the server's transactions.
                .allSatisfy(one -> assertThat(one.snapshotSeconds()).isPositive());
    }
}
