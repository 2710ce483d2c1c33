package io.retaillake.jobs.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.Job;
import io.retaillake.common.run.JobMain;
import io.retaillake.jobs.Printed;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be done with definitions without a lake. */
class DefinitionToolsTest {

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
    void namesTheProblemsOfAllDefinitionsAtOnceAlsoThoseOfTheirQueries() {
        definitions.write("lonely.sql", "SELECT 1");
        definitions.write(
                "yearly",
                Definitions.MONTHLY_YAML.replace("monthly", "yearly").replace("months\n", "month\n"),
                "SELECT 1");
        definitions.write(
                "weekly",
                Definitions.MONTHLY_YAML.replace("gold.monthly", "gold.weekly"),
                Definitions.MONTHLY_SQL.replace("count(*)", "cont(*)"));

        FailedJobException failure = run(new CheckTables(), definitions.folder());

        assertThat(failure.exitCode()).isEqualTo(2);
        assertThat(failure)
                .hasMessageContainingAll(
                        folder + "/lonely.sql:1: lacks the other file",
                        folder + "/yearly.yaml:4: scope is 'month'; allowed: months, everything",
                        folder + "/weekly.sql:3: ");
        assertThat(run(new CheckTables(), definitions.folder() + "/monthly.sql"))
                .isNull();
        assertThat(printed).contains("ok  gold.monthly");
        assertThat(run(new CheckTables(), "gold.monthly")).hasMessageContaining("gold.monthly is no folder");
        assertThat(run(new CheckTables())).hasMessageContaining("the definition is missing");
    }

    @Test
    void printsTheDictionaryOfTheLibrarysTablesAndTheUsers() throws Exception {
        assertThat(run(new Dictionary(), "--tables", definitions.folder())).isNull();

        assertThat(printed)
                .contains("## silver.purchases", "## gold.sales_by_store", "## gold.monthly", "월별 매출")
                .contains("| `month` | date | no | First day of the month. | 월 |");
        String dictionary = printed;
        Path file = folder.resolve("dictionary.md");
        assertThat(run(new Dictionary(), "--tables", definitions.folder(), "--output", file.toString()))
                .isNull();
        assertThat(Files.readString(file)).isEqualTo(dictionary);
        assertThat(run(
                                new Dictionary(),
                                "--output",
                                folder.resolve("no/such/folder").toString())
                        .exitCode())
                .isEqualTo(4);
    }

    private FailedJobException run(Job job, String... arguments) {
        FailedJobException[] failure = {null};
        printed = Printed.by(
                () -> failure[0] = catchThrowableOfType(FailedJobException.class, () -> JobMain.run(job, arguments)));
        return failure[0];
    }
}
