package io.retaillake.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResultsPageTest {

    private static Measurement measured(
            double scale, int round, Contestant contestant, String layer, String step, double seconds) {
        return new Measurement(
                scale,
                round,
                contestant,
                layer,
                step,
                seconds,
                1,
                2 * seconds,
                512L << 20,
                (long) (scale * 1_000_000),
                5_000_000,
                seconds / 2,
                3,
                Double.NaN,
                1);
    }

    private static Measurement begun(Measurement one, double seconds) {
        return new Measurement(
                one.scale(),
                one.round(),
                one.contestant(),
                one.layer(),
                one.step(),
                one.seconds(),
                0,
                one.cpuSeconds(),
                one.peakBytes(),
                one.rows(),
                one.bytesWritten(),
                one.snapshotSeconds(),
                one.postgresCpuSeconds(),
                seconds,
                one.mostTasks());
    }

    private static List<Measurement> rounds() {
        List<Measurement> all = new ArrayList<>();
        for (double scale : List.of(1.0, 2.0)) {
            for (int round = 1; round <= 2; round++) {
                double unit = scale * round;
                all.add(measured(scale, round, Contestant.OURS, "bronze", "ExtractPurchases", 20 * unit));
                all.add(measured(scale, round, Contestant.OURS, "silver", "BuildPurchases", 30 * unit));
                all.add(measured(scale, round, Contestant.OURS, "gold", "SalesByDatetime", 4 * unit));
                all.add(measured(scale, round, Contestant.OURS, "gold", "SalesByProduct", 6 * unit));
                all.add(measured(scale, round, Contestant.OURS, Measurement.WHOLE, Measurement.WHOLE, 64 * unit));
                all.add(measured(scale, round, Contestant.MONTH, Measurement.WHOLE, Measurement.WHOLE, 1 + 3.2 * unit));
                all.add(measured(scale, round, Contestant.OLD, Measurement.WHOLE, Measurement.WHOLE, 256));
                all.add(measured(scale, round, Contestant.DUCKDB, "silver", "silver", 20 * unit));
                all.add(measured(scale, round, Contestant.DUCKDB, Measurement.WHOLE, Measurement.WHOLE, 64 * unit));
                all.add(measured(scale, round, Contestant.FLOOR, "floor", FloorSteps.COPY_TEXT, 10 * unit));
            }
        }
        return all;
    }

    private static String page(List<Measurement> all) {
        return ResultsPage.of(
                new Results(
                        Map.of("processor", "a fast one"),
                        List.of("scale 1, round 1: ours agree with DuckDB"),
                        all,
                        List.of()),
                Optional.of("## What each change gave\n"));
    }

    @Test
    void dividesWithinARoundAndShowsTheSpreadOverRounds() {
        assertThat(page(rounds()))
                .contains("| all jobs ÷ the old way | ≤ 0.40 | 0.25 | 0.38 (0.25–0.50) | 0.75 (0.50–1.00) |")
                .contains("| all jobs ÷ DuckDB | ≤ 1.60 | 1.00 | 1.00 | 1.00 |")
                .contains("| source snapshot held ÷ `COPY` floor | ≤ 2.00 | 1.30 | 1.00 | 1.00 |")
                .contains("| silver ÷ DuckDB's silver | ≤ 2.00 | 1.20 | 1.50 | 1.50 |")
                .contains("| six marts ÷ `COPY` floor | ≤ 1.60 | 0.70 | 1.00 | 1.00 |")
                .contains("| one month's increment, without start-up ÷ the whole | ≤ 0.10 | 0.06 | 0.05 | 0.05 |");
    }

    @Test
    void comparesAScaleWithTheOneBefore() {
        assertThat(page(rounds()))
                .contains(
                        "| time at 2 ÷ time at 1 | 2.00 | ≤ 2.05 | 1.95 | 2.00 (1.00–4.00) | 1.00 | 2.00 (1.00–4.00) |");
    }

    @Test
    void takesMartsThatRunSideBySideFromTheFirstsBeginningToTheLastsEnd() {
        List<Measurement> all = List.of(
                begun(measured(1, 1, Contestant.OURS, "gold", "SalesByDatetime", 4), 10),
                begun(measured(1, 1, Contestant.OURS, "gold", "SalesByProduct", 6), 11),
                measured(1, 1, Contestant.FLOOR, "floor", FloorSteps.COPY_TEXT, 10));
        assertThat(page(all)).contains("| six marts ÷ `COPY` floor | ≤ 1.60 | 0.70 | 0.70 |");
    }

    @Test
    void takesTheStartOfAnEmptyJobFromAMonthsTime() {
        List<Measurement> all = List.of(
                measured(1, 1, Contestant.OURS, Measurement.WHOLE, Measurement.WHOLE, 100),
                measured(1, 1, Contestant.MONTH, Measurement.WHOLE, Measurement.WHOLE, 15),
                measured(1, 1, Contestant.FLOOR, "floor", EmptySparkJob.STEP, 4));
        assertThat(page(all))
                .contains("| one month's increment, without start-up ÷ the whole | ≤ 0.10 | 0.06 | 0.10 |")
                .contains("| a Spark job that does nothing, all of it | 5.0 |");
    }

    @Test
    void showsAStepsMedianAndItsSpread() {
        assertThat(page(rounds()))
                .contains("| BuildPurchases | 45.0 (30.0–60.0) | 1.0 | 90.0 | 3.0 | 512 | 25,000 | 5.0 | 22.5 |");
    }

    @Test
    void saysWhatItWasMeasuredOnAndWhoAgreed() {
        assertThat(page(rounds()))
                .contains(
                        "| processor | a fast one |",
                        "- scale 1, round 1: ours agree with DuckDB",
                        "## Scale 1: 1,000,000 purchases, rounds: 2",
                        "## What each change gave");
    }

    @Test
    void leavesOutWhatWasNotMeasured() {
        List<Measurement> onlyOurs = rounds().stream()
                .filter(one -> one.contestant() == Contestant.OURS && one.scale() == 1)
                .toList();
        assertThat(page(onlyOurs))
                .contains("| all jobs ÷ DuckDB | ≤ 1.60 | 1.00 | – |")
                .doesNotContain("scale 2", "\n| DuckDB |");
    }
}
