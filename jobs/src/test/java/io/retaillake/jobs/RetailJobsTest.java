package io.retaillake.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.registry.JobDefinition;
import io.retaillake.common.registry.JobRegistry;
import io.retaillake.common.registry.TableRegistry;
import io.retaillake.common.run.Job;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the registry says of the jobs beside the jobs. */
class RetailJobsTest {

    static Stream<JobDefinition> jobs() {
        return JobRegistry.load().jobs().stream();
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void namesAClassThatIsAJobOfThisName(JobDefinition definition) throws ReflectiveOperationException {
        Job job = Class.forName(definition.className())
                .asSubclass(Job.class)
                .getDeclaredConstructor()
                .newInstance();

        assertThat(job.name()).isEqualTo(definition.name());
        assertThat(definition.purpose()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void readsAndWritesTablesThatThereAre(JobDefinition definition) {
        TableRegistry tables = TableRegistry.load();

        assertThat(Stream.concat(definition.reads().stream(), definition.writes().stream())
                        .filter(name -> !name.equals(JobDefinition.EVERY_TABLE)))
                .allMatch(name -> tables.named(name).isPresent());
    }

    @Test
    void buildInARunEveryTableOfTheRetailLakeButTheRecordOfRuns() {
        assertThat(new RetailLake().tables())
                .extracting(table -> table.name())
                .filteredOn(name -> !name.equals("ops.job_runs"))
                .containsExactlyInAnyOrderElementsOf(JobRegistry.load().tablesOfRun());
    }
}
