package io.retaillake.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.command.Arguments;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchmarkOptionsTest {

    private final List<String> problems = new ArrayList<>();

    private BenchmarkSettings settings(String... arguments) {
        BenchmarkOptions options = new BenchmarkOptions();
        problems.addAll(Arguments.problems(Arguments.commandLine(options), arguments));
        return options.settings(Path.of("/project/.work"), problems);
    }

    @Test
    void measuresEverybodyUnlessSomeAreNamed() {
        assertThat(settings("--scales", "0.5,0.1").scales()).containsExactly(0.1, 0.5);
        assertThat(settings().contestants()).containsExactlyInAnyOrder(Contestant.values());
        assertThat(settings("--contestants", "ours,duckdb").contestants())
                .containsExactlyInAnyOrder(Contestant.OURS, Contestant.DUCKDB);
        assertThat(problems).isEmpty();
    }

    @Test
    void putsTheMeasurementsBesideThePage() {
        assertThat(settings("--out", "/results/fast.md").rawFile()).isEqualTo(Path.of("/results/fast.csv"));
    }

    @Test
    void handsTheOptionsOfAnOwnDatabaseOn() {
        BenchmarkSettings settings = settings("--secret", "file:/s.json", "--ssl-mode", "disable");
        assertThat(settings.ownSource()).containsExactly("--secret", "file:/s.json", "--ssl-mode", "disable");
        assertThat(settings.scales()).hasSize(1);
        assertThat(problems).isEmpty();
    }

    @Test
    void readsHeapsInGibAndMibAndSortsThem() {
        assertThat(settings("--heaps", "2g,768m,1024m,1G").heaps()).containsExactly(768L, 1024L, 2048L);
        assertThat(settings("--render", "a.csv,b.csv").rendered()).containsExactly(Path.of("a.csv"), Path.of("b.csv"));
        assertThat(problems).isEmpty();
    }

    @Test
    void namesAllThatIsWrongAtOnce() {
        settings(
                "--scales",
                "0",
                "--rounds",
                "0",
                "--memory",
                "much",
                "--contestants",
                "month,oracle",
                "--month",
                "12",
                "--heaps",
                "2",
                "--source-host",
                "db");
        assertThat(problems)
                .hasSize(8)
                .anyMatch(problem -> problem.startsWith("--scales"))
                .anyMatch(problem -> problem.startsWith("--rounds"))
                .anyMatch(problem -> problem.startsWith("--memory"))
                .anyMatch(problem -> problem.contains("'oracle'"))
                .anyMatch(problem -> problem.contains("month without ours"))
                .anyMatch(problem -> problem.startsWith("--month"))
                .anyMatch(problem -> problem.startsWith("--heaps"))
                .anyMatch(problem -> problem.contains("--secret"));
    }

    @Test
    void namesOnceEachValueThatCannotBeRead() {
        settings("--scales", "x", "--dirty-rate", "much", "--rounds", "two", "--cores", "1.5", "--heaps", "2");
        assertThat(problems)
                .satisfiesExactlyInAnyOrder(
                        problem -> assertThat(problem).contains("'--scales'", "'x'"),
                        problem -> assertThat(problem).contains("'--dirty-rate'", "'much'"),
                        problem -> assertThat(problem).contains("'--rounds'", "'two'"),
                        problem -> assertThat(problem).contains("'--cores'", "'1.5'"),
                        problem -> assertThat(problem).startsWith("--heaps has '2'"));
    }

    @Test
    void refusesHeapsAndCoresThatNoJobCanHave() {
        settings(
                "--memory",
                "100m",
                "--heaps",
                "0m,1g,99999999999999999999g,900000g",
                "--cores",
                "100000",
                "--month",
                "0000-01");
        assertThat(problems)
                .satisfiesExactlyInAnyOrder(
                        problem -> assertThat(problem).startsWith("--memory is '100m'; "),
                        problem -> assertThat(problem).startsWith("--heaps has '0m'; "),
                        problem -> assertThat(problem).startsWith("--heaps has '99999999999999999999g'; "),
                        problem -> assertThat(problem).startsWith("--heaps has '900000g'; this machine has"),
                        problem -> assertThat(problem).startsWith("--cores is 100000; "),
                        problem -> assertThat(problem).startsWith("--month is '0000-01'; "));
    }

    @Test
    void goesOnCheckingAfterAListThatCannotBeRead() {
        settings("--scales", "x");
        assertThat(problems).singleElement().asString().contains("'--scales'", "'x'");
    }

    @Test
    void needsAValueForEachOptionThatTakesOne() {
        for (String option : List.of(
                "--scales",
                "--dirty-rate",
                "--rounds",
                "--cores",
                "--memory",
                "--contestants",
                "--month",
                "--heaps",
                "--render",
                "--out",
                "--secret",
                "--source-host")) {
            problems.clear();
            settings(option);
            assertThat(problems).as(option).singleElement().asString().contains("'" + option + "'");
        }
    }
}
