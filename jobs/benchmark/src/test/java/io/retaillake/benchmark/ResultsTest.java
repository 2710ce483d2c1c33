package io.retaillake.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.common.command.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {

    private static final Measurement MEASUREMENT = new Measurement(
            0.25, 1, Contestant.OURS, "silver", "BuildPurchases", 30.25, 1.5, 60, 512L << 20, 7, 8, 0.5, 3, 12.5, 36);
    private static final HeapRun HEAP_RUN =
            new HeapRun(2, 768, false, 300.5, 500, 1L << 30, "SalesByCustomer", "SalesByCustomer ran out of memory");

    @TempDir
    private Path folder;

    private Path times(String name, Map<String, String> facts) {
        Path path = folder.resolve(name);
        ResultsFile file = new ResultsFile(path, Measurement.CSV_HEADER);
        file.describe(facts);
        file.append(MEASUREMENT.toCsv());
        file.compared("round 1: ours agree with DuckDB (29 totals)");
        return path;
    }

    @Test
    void findsEverythingInItsFileAgain() {
        Results results = Results.read(List.of(times("a.csv", Map.of(Machine.PROCESSOR, "a: fast, one"))));
        assertThat(results.measurements()).containsExactly(MEASUREMENT);
        assertThat(results.facts()).containsEntry(Machine.PROCESSOR, "a: fast, one");
        assertThat(results.comparisons()).containsExactly("round 1: ours agree with DuckDB (29 totals)");
    }

    @Test
    void readsAFileThatDoesNotSayWhenStepsBegan() throws IOException {
        String header = Measurement.CSV_HEADER.replace(",begun_seconds,most_tasks", "");
        String line = MEASUREMENT.toCsv().replaceFirst(",[^,]*,[^,]*$", "");
        Path file = Files.write(folder.resolve("old.csv"), List.of(header, line));
        assertThat(Results.read(List.of(file)).measurements()).singleElement().satisfies(one -> {
            assertThat(one.seconds()).isEqualTo(30.25);
            assertThat(one.begunSeconds()).isNaN();
        });
    }

    @Test
    void countsTheRoundsOfALaterRunOn() {
        Results results = Results.read(List.of(times("a.csv", Map.of()), times("b.csv", Map.of())));
        assertThat(results.rounds(0.25)).containsExactly(1, 2);
        assertThat(results.comparisons()).hasSize(2);
    }

    @Test
    void putsTimesAndHeapsTogether() {
        Path heaps = folder.resolve("heaps.csv");
        new ResultsFile(heaps, HeapRun.CSV_HEADER).append(HEAP_RUN.toCsv());
        Results results = Results.read(List.of(times("a.csv", Map.of()), heaps));
        assertThat(results.measurements()).containsExactly(MEASUREMENT);
        assertThat(results.heapRuns()).containsExactly(HEAP_RUN);
    }

    @Test
    void refusesRunsOfDifferentMachinesAndWhatIsNoRun() throws IOException {
        Path one = times("a.csv", Map.of(Machine.PROCESSOR, "slow", Machine.HEAP, "4g"));
        Path other = times("b.csv", Map.of(Machine.PROCESSOR, "fast", Machine.HEAP, "4g"));
        Path noRun = Files.writeString(folder.resolve("c.csv"), "some text\n");
        assertThatThrownBy(() -> Results.read(List.of(one, other, noRun)))
                .isInstanceOfSatisfying(
                        CommandException.class,
                        failure -> assertThat(failure.problems())
                                .hasSize(2)
                                .anyMatch(
                                        problem -> problem.contains("b.csv was measured with another processor (fast)"))
                                .anyMatch(problem -> problem.contains("c.csv cannot be read")));
    }
}
