package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.command.Arguments;
import io.retaillake.common.job.Window;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineOptionsTest {

    private static final Project PROJECT = Project.at(Path.of("/project"));

    private final List<String> problems = new ArrayList<>();

    @Test
    void needsNoOptions() {
        PipelineSettings settings = parse();

        assertThat(problems).isEmpty();
        assertThat(settings.lake()).isEqualTo(PipelineLake.in(Path.of("/project/.work/lake")));
        assertThat(settings.window()).isEqualTo(Window.all());
        assertThat(settings.ownSource()).isEmpty();
        assertThat(settings.runId()).matches("local-\\d{8}T\\d{6}");
        assertThat(settings.spark().master()).matches("local\\[\\d+,4]");
    }

    @Test
    void takesEveryOption() {
        PipelineSettings settings = parse(
                "--secret",
                "file:/s.json",
                "--source-host",
                "db",
                "--ssl-mode",
                "disable",
                "--lake",
                "/l",
                "--from",
                "2015-01",
                "--to",
                "2015-02",
                "--run-id",
                "x.1",
                "--read-parallelism",
                "2",
                "--cores",
                "3",
                "--memory",
                "2g",
                "--conf",
                "a=b=c");

        assertThat(problems).isEmpty();
        assertThat(settings.ownSource())
                .contains(List.of("--secret", "file:/s.json", "--source-host", "db", "--ssl-mode", "disable"));
        assertThat(settings.lake()).isEqualTo(PipelineLake.in(Path.of("/l")));
        assertThat(settings.window()).isEqualTo(new Window(YearMonth.of(2015, 1), YearMonth.of(2015, 2)));
        assertThat(settings.reading()).containsExactly("--read-parallelism", "2");
        assertThat(settings.runId()).isEqualTo("x.1");
        assertThat(settings.spark()).isEqualTo(new SparkSettings("local[3,4]", 3, "2g", List.of("a=b=c"), false));
    }

    @Test
    void namesAllProblemsAtOnce() {
        parse("--scal", "2", "--dirty-rate", "7", "--from", "2015-13", "--cores", "zero", "--memory", "lots", "extra");

        assertThat(problems)
                .satisfiesExactlyInAnyOrder(
                        problem -> assertThat(problem).isEqualTo("unknown option --scal; did you mean --scale?"),
                        problem -> assertThat(problem).contains("'--cores'", "'zero'"),
                        problem -> assertThat(problem).startsWith("1 word belongs to no option"),
                        problem -> assertThat(problem).startsWith("--dirty-rate is 7.0"),
                        problem -> assertThat(problem).startsWith("--from is '2015-13'"),
                        problem -> assertThat(problem).contains("only --from is given"),
                        problem -> assertThat(problem).startsWith("--memory is 'lots'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"511m", "100m", "0", "0g", "abc", "4gb", "1t", "-1g", "", "99999999g"})
    void refusesAHeapInWhichSparkDoesNotStart(String memory) {
        parse("--memory", memory);

        assertThat(problems).singleElement().asString().startsWith("--memory is '" + memory + "'; ");
    }

    @Test
    void namesTheLeastHeapAndTheMachinesMemory() {
        parse("--memory", "100m");
        parse("--memory", "9000g");

        assertThat(problems)
                .satisfiesExactly(
                        problem -> assertThat(problem).contains("at least 512m"),
                        problem -> assertThat(problem).contains("this machine has"));
        problems.clear();
        parse("--memory", "512m");
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 100_000})
    void refusesCoresThatNoMachineHas(int cores) {
        parse("--cores", Integer.toString(cores));

        assertThat(problems).singleElement().asString().startsWith("--cores is " + cores + "; ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo", "", "local[0]", "local[x]", "local[2", "local[2,0]", "spark://host", "yarn-client"})
    void refusesAMasterThatSparkDoesNotKnow(String master) {
        parse("--master", master);

        assertThat(problems).singleElement().asString().startsWith("--master is '" + master + "'; ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "local",
                "local[4]",
                "local[*]",
                "local[*,4]",
                "local[2, 4]",
                "local-cluster[2,1,1024]",
                "spark://a:7077,b:7077",
                "yarn",
                "k8s://https://host:6443"
            })
    void takesEveryMasterOfSpark(String master) {
        PipelineSettings settings = parse("--master", master);

        assertThat(problems).isEmpty();
        assertThat(settings.spark().master()).isEqualTo(master);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+12015-01", "0000-01", "-0001-12"})
    void refusesAYearThatNoJobTakes(String month) {
        parse("--from=" + month, "--to=" + month);

        assertThat(problems)
                .containsExactly(
                        "--from is '" + month + "'; give a month like 2015-03",
                        "--to is '" + month + "'; give a month like 2015-03");
    }

    @Test
    void namesOnceEachValueThatCannotBeRead() {
        parse("--scale", "abc", "--dirty-rate", "x", "--seed", "y", "--cores", "z", "--read-parallelism", "w");

        assertThat(problems)
                .satisfiesExactlyInAnyOrder(
                        problem -> assertThat(problem).contains("'--scale'", "'abc'"),
                        problem -> assertThat(problem).contains("'--dirty-rate'", "'x'"),
                        problem -> assertThat(problem).contains("'--seed'", "'y'"),
                        problem -> assertThat(problem).contains("'--cores'", "'z'"),
                        problem -> assertThat(problem).contains("'--read-parallelism'", "'w'"));
    }

    @Test
    void needsAValueForEachOptionThatTakesOne() {
        for (String option : List.of(
                "--scale",
                "--dirty-rate",
                "--seed",
                "--lake",
                "--catalog-file",
                "--from",
                "--to",
                "--run-id",
                "--read-parallelism",
                "--tables",
                "--cores",
                "--memory",
                "--conf",
                "--secret",
                "--source-host",
                "--ssl-mode")) {
            problems.clear();
            parse(option);
            assertThat(problems).as(option).singleElement().asString().contains("'" + option + "'");
        }
    }

    @Test
    void takesDefinitionsOfTablesFromAFolderThatIsThereOrFromS3(@TempDir Path folder) {
        assertThat(parse().definitions()).contains(List.of());
        assertThat(parse("--tables", folder.toString()).definitions()).contains(List.of("--tables", folder.toString()));
        assertThat(parse("--tables", "s3://bucket/tables").definitions())
                .contains(List.of("--tables", "s3://bucket/tables"));
        assertThat(parse("--without-sql-tables").definitions()).isEmpty();
        assertThat(problems).isEmpty();

        parse("--tables", folder.resolve("nowhere").toString());
        assertThat(problems).containsExactly("--tables is '" + folder + "/nowhere', and there is no such folder");

        problems.clear();
        parse("--tables", folder.toString(), "--without-sql-tables");
        assertThat(problems).containsExactly("--tables and --without-sql-tables exclude each other; give one of them");
    }

    @Test
    void refusesMonthsTheWrongWayRound() {
        parse("--from", "2015-02", "--to", "2015-01");

        assertThat(problems).containsExactly("--from 2015-02 is after --to 2015-01; swap them");
    }

    @Test
    void takesALakeOnS3WithItsCatalogFile() {
        PipelineSettings settings = parse("--lake", "s3://bucket/lake/", "--catalog-file", "/c/tables.db");

        assertThat(problems).isEmpty();
        assertThat(settings.lake().options())
                .containsExactly("--lake", "s3://bucket/lake", "--catalog-file", "/c/tables.db");
        assertThat(settings.lake().lockFile()).isEqualTo(Path.of("/c/tables.db.pipeline.lock"));
    }

    @Test
    void refusesALakeOnS3WithoutACatalogFile() {
        parse("--lake", "s3://bucket/lake");

        assertThat(problems).singleElement().asString().contains("--catalog-file is needed");
    }

    @Test
    void refusesASourceWithoutASecretAndALakeElsewhere() {
        parse("--source-host", "db", "--lake", "ftp://host/lake");

        assertThat(problems)
                .satisfiesExactlyInAnyOrder(
                        problem -> assertThat(problem).startsWith("--lake is 'ftp://host/lake'"),
                        problem -> assertThat(problem).startsWith("--source-host need --secret"));
    }

    @Test
    void compilesWithoutOptimizationWhereTheGeneratedPurchasesAreFew() {
        assertThat(parse("--scale", "0.01").spark().fewRows()).isTrue();
        assertThat(parse("--scale", "0.1").spark().fewRows()).isFalse();
        assertThat(parse("--scale", "1", "--from", "2015-12", "--to", "2015-12")
                        .spark()
                        .fewRows())
                .isTrue();
        assertThat(parse("--scale", "1", "--from", "2015-11", "--to", "2015-12")
                        .spark()
                        .fewRows())
                .isFalse();
        assertThat(parse("--secret", "file:/secret.json", "--from", "2015-12", "--to", "2015-12")
                        .spark()
                        .fewRows())
                .as("nothing is known of a database of the person's own")
                .isFalse();
    }

    @Test
    void leavesOutOfARepetitionWhatOnlyOneRunIsAbout() {
        PipelineSettings settings = parse(
                "--scale",
                "2",
                "--fresh",
                "--run-id",
                "r",
                "--from=2015-01",
                "--to",
                "2015-02",
                "--conf",
                "a=b",
                "--lake=l");

        assertThat(problems).isEmpty();
        assertThat(settings.typed()).containsExactly("--scale", "2", "--conf", "a=b", "--lake=l");
    }

    private PipelineSettings parse(String... arguments) {
        PipelineOptions options = new PipelineOptions();
        problems.addAll(Arguments.problems(Arguments.commandLine(options), arguments));
        return options.settings(PROJECT, List.of(arguments), problems);
    }
}
