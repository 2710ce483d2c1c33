package io.retaillake.jobs.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.JobMain;
import io.retaillake.jobs.Printed;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestTablesTest {

    private static final String TEST = """
            cases:
              - name: amounts of a month are added
                inputs:
                  silver.purchases:
                    - {purchase_date: 2015-01-31, amount: 100.00}
                    - {purchase_date: 2015-01-01, amount: -0.5}
                    - {purchase_date: 2015-02-01, amount: 7}
                expected:
                  - {month: 2015-02-01, total_purchase_amount: 7.00, count_of_purchase: 1}
                  - {month: 2015-01-01, total_purchase_amount: 99.5, count_of_purchase: 2}
              - name: nothing gives nothing
                inputs: {}
                expected: []
            """;

    private static SparkSession unused;

    @TempDir
    private Path folder;

    private Definitions definitions;
    private String printed;

    @BeforeAll
    static void startSpark(@TempDir Path lake) {
        unused = LocalLakes.open(lake).spark();
    }

    @BeforeEach
    void define() {
        definitions = new Definitions(folder);
        definitions.write("monthly", Definitions.MONTHLY_YAML, Definitions.MONTHLY_SQL);
    }

    @Test
    void passesWhereTheRowsAreThoseExpectedInAnyOrder() {
        definitions.write("monthly.test.yaml", TEST);

        assertThat(test(definitions.folder())).isNull();

        assertThat(printed)
                .contains("ok      amounts of a month are added", "ok      nothing gives nothing", "2 cases, 0 failed");
    }

    @Test
    void showsMissingAndUnexpectedRowsOfAKeyTogether() {
        definitions.write(
                "monthly.test.yaml",
                TEST.replace("99.5,", "99.6,")
                        .replace(
                                "expected: []",
                                "expected: [{month: 2016-01-01, total_purchase_amount: 0,"
                                        + " count_of_purchase: 0}]"));

        FailedJobException failure = test(folder.resolve("monthly.sql").toString());

        assertThat(failure.exitCode()).isEqualTo(3);
        assertThat(failure).hasMessageContaining("2 of 2 cases failed");
        assertThat(printed.lines().map(line -> line.strip().replaceAll(" +", " ")))
                .containsSequence(
                        "FAILED amounts of a month are added (" + folder + "/monthly.test.yaml:2)",
                        "month total_purchase_amount count_of_purchase",
                        "---------- ---------- --------------------- -----------------",
                        "missing 2015-01-01 99.60 2",
                        "unexpected 2015-01-01 99.50 2",
                        "expected rows: amount: gold.monthly = silver.purchases: expected 106.50, actual 106.60 - FAILED")
                .contains("missing 2016-01-01 0.00 0");
    }

    @Test
    void countsEqualRows() {
        definitions.write(
                "monthly",
                Definitions.MONTHLY_YAML.replace("key: [month]", "key: []").replaceAll("adds_up_to.*\n", ""),
                "SELECT purchase_date AS month, CAST(amount AS decimal(18, 2)) AS total_purchase_amount,"
                        + " 1L AS count_of_purchase FROM silver.purchases");
        definitions.write("monthly.test.yaml", """
                cases:
                  - name: one of two equal rows is missing
                    inputs:
                      silver.purchases: [{purchase_date: 2015-01-31, amount: 1}]
                    expected:
                      - {month: 2015-01-31, total_purchase_amount: 1, count_of_purchase: 1}
                      - {month: 2015-01-31, total_purchase_amount: 1, count_of_purchase: 1}
                """);

        assertThat(test(definitions.folder()).exitCode()).isEqualTo(3);
        assertThat(printed.lines().map(String::strip).filter(line -> line.startsWith("missing")))
                .hasSize(1);
    }

    @Test
    void readsRowsFromCsvFiles() {
        definitions.write("monthly.test.yaml", """
                cases:
                  - name: from files
                    inputs: {silver.purchases: lines.csv}
                    expected: months.csv
                """);
        definitions.write(
                "lines.csv",
                "purchase_date,amount,store_cd\r\n2015-01-31,1.50,\"a \"\"b\"\",\nc\"\r\n2015-01-01,2,\r\n");
        definitions.write("months.csv", "month,total_purchase_amount,count_of_purchase\n2015-01-01,3.50,2\n");

        assertThat(test(definitions.folder())).isNull();

        definitions.write("lines.csv", "purchase_date,amount\n2015-01-31\n2015-01-32,1\n");
        assertThat(problems(definitions.folder()))
                .containsExactly(
                        "lines.csv:2: has 1 fields; the first line names 2 columns",
                        "lines.csv:3: purchase_date is '2015-01-32', which is no date; a date is written 2015-01-31");
        definitions.write("monthly.test.yaml", """
                cases:
                  - name: from files
                    inputs: {silver.purchases: line.csv}
                    expected: months.txt
                """);
        assertThat(problems(definitions.folder()))
                .containsExactly(
                        "monthly.test.yaml:3: silver.purchases is line.csv, and there is no " + folder + "/line.csv",
                        "monthly.test.yaml:4: expected is 'months.txt'; allowed: a list of rows, or the name of a .csv"
                                + " file beside this");
    }

    @Test
    void namesAllThatIsWrongWithATest() {
        definitions.write("monthly.test.yaml", """
                cases:
                  - name: one
                    inputs:
                      silver.purchase: []
                    expected:
                      - {month: 2015-01-01, total_purchase_amount: 1, count_of_purchase: 1}
                      - {month: 2015-01-01, total_purchase_amount: 2}
                      - {month: January, total_purchase_amount: 1.234, count_of_purchase: 1.5}
                  - name: one
                    input: {}
                    inputs:
                      silver.purchases:
                        - {amout: 1}
                        - {amount: ~, purchase_year: 99999999999}
                """);
        definitions.write("other.test.yaml", "cases: [");

        assertThat(problems(definitions.folder()))
                .containsExactly(
                        "monthly.test.yaml:4: unknown key 'silver.purchase'; did you mean silver.purchases?",
                        "monthly.test.yaml:7: count_of_purchase has no value, but is required",
                        "monthly.test.yaml:8: month is 'January', which is no date; a date is written 2015-01-31",
                        "monthly.test.yaml:8: total_purchase_amount is '1.234', which is no decimal(18,2)",
                        "monthly.test.yaml:8: count_of_purchase is '1.5', which is no bigint",
                        "monthly.test.yaml:7: has the key of the row at " + folder
                                + "/monthly.test.yaml:6 again (month = [2015-01-01])",
                        "monthly.test.yaml:10: unknown key 'input'; did you mean inputs?",
                        "monthly.test.yaml:9: two cases are called 'one'",
                        "monthly.test.yaml:13: unknown key 'amout'; did you mean amount?",
                        "monthly.test.yaml:14: purchase_year is '99999999999', which is no int",
                        "monthly.test.yaml:14: amount has no value, but is required",
                        "monthly.test.yaml:9: expected is missing",
                        "other.test.yaml:1: there is no definition other beside it");
    }

    @Test
    void looksAtNothingButTheDefinitionThatIsMeant() {
        definitions.write("monthly.test.yaml", TEST);
        definitions.write("broken.sql", "SELECT");

        assertThat(test(folder.resolve("monthly.test.yaml").toString())).isNull();
        assertThat(problems(definitions.folder()))
                .containsExactly("broken.sql:1: lacks the other file of its definition, broken.yaml");
    }

    @Test
    void saysWhereThereIsNoTestAndWhereAQueryFailsOnTheRows() {
        assertThat(test(definitions.folder()))
                .hasMessageContaining("There is no test in " + folder)
                .extracting(FailedJobException::exitCode)
                .isEqualTo(2);

        definitions.write(
                "monthly.sql", Definitions.MONTHLY_SQL.replace("count(*)", "count(*) + raise_error('no such luck')"));
        definitions.write("monthly.test.yaml", TEST);
        assertThat(test(definitions.folder()).exitCode()).isEqualTo(3);
        assertThat(printed).contains("no such luck");
    }

    private List<String> problems(String target) {
        FailedJobException failure = test(target);
        assertThat(failure.exitCode()).isEqualTo(2);
        return failure.getMessage()
                .lines()
                .filter(line -> line.startsWith("- "))
                .map(line -> line.replace("- " + folder + "/", ""))
                .toList();
    }

    private FailedJobException test(String target) {
        FailedJobException[] failure = {null};
        printed = Printed.by(() -> failure[0] =
                catchThrowableOfType(FailedJobException.class, () -> JobMain.run(new TestTables(), target)));
        return failure[0];
    }
}
