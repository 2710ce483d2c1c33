package io.retaillake.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.common.command.CommandException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeapSearchTest {

    private static final List<Long> HEAPS = List.of(512L, 640L, 768L, 1024L, 1536L, 2048L, 4096L);

    private final List<Long> tried = new ArrayList<>();

    @TempDir
    private Path folder;

    private Results search(double scale, long least) throws InterruptedException {
        Path path = folder.resolve("scale-" + scale + ".csv");
        ResultsFile file = new ResultsFile(path, HeapRun.CSV_HEADER);
        try (ProgressLines progress = new ProgressLines()) {
            new HeapSearch(
                            HEAPS,
                            (ofScale, heapMib, largest, options) -> {
                                assertThat(largest.isEmpty()).isEqualTo(tried.isEmpty());
                                tried.add(heapMib);
                                boolean finished = heapMib >= least;
                                return new HeapRun(
                                        ofScale,
                                        heapMib,
                                        finished,
                                        10,
                                        20,
                                        1,
                                        finished ? "VerifyRun" : "SalesByCustomer",
                                        finished ? "took 1.1 times as long, as ever" : "ran out of | memory");
                            },
                            file,
                            progress)
                    .measure(scale, new MeasuredSource(Map.of()), 1, List.of());
        }
        return Results.read(List.of(path));
    }

    @Test
    void triesTheLargestFirstAndThenHalves() throws InterruptedException {
        Results results = search(0.25, 700);
        assertThat(tried).containsExactly(4096L, 768L, 512L, 640L);
        assertThat(ResultsPage.of(results, Optional.empty()))
                .contains(
                        "| scale 0.25 | 768 | 10.0 | 4,096 | 10.0 | SalesByCustomer (with 640: ran out of \\| memory) |")
                .contains("| scale 0.25 | 640 | no | 10.0 | 20.0 | 0 | SalesByCustomer | ran out of \\| memory |")
                .contains("| VerifyRun | took 1.1 times as long; as ever |");
    }

    @Test
    void findsThatAllAreEnough() throws InterruptedException {
        assertThat(ResultsPage.of(search(0.25, 1), Optional.empty()))
                .contains("| scale 0.25 | 512 | 10.0 | 4,096 | 10.0 | all were enough |");
    }

    @Test
    void dividesTheHeapsOfTwoScales() throws InterruptedException {
        search(0.25, 600);
        tried.clear();
        search(2, 700);
        Results both = Results.read(List.of(folder.resolve("scale-0.25.csv"), folder.resolve("scale-2.0.csv")));
        assertThat(ResultsPage.of(both, Optional.empty()))
                .contains("| heap at 2 ÷ heap at 0.25 | ≤ 1.10 | 1.00 | 1.20 |");
    }

    @Test
    void endsWhereTheLargestIsTooSmall() {
        assertThatThrownBy(() -> search(1, 9999))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("4096 MiB, is too small for SalesByCustomer");
    }
}
