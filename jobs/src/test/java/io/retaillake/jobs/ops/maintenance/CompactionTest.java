package io.retaillake.jobs.ops.maintenance;

import static io.retaillake.common.contract.BronzeTables.PURCHASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.contract.OpsTables;
import io.retaillake.common.job.ExitCode;
import io.retaillake.common.job.JobException;
import io.retaillake.common.publish.OverwriteFilter;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.Seal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small files of real tables that are rewritten as one. */
class CompactionTest {

    @TempDir
    private Path folder;

    private CleanUpLake lake;

    @BeforeEach
    void openLake() {
        lake = new CleanUpLake(folder);
    }

    @Test
    void aReaderInTheMiddleOfATableReadsOn() {
        lake.publish("r1", lake.inSixFiles(600));
        Iterator<Row> reader = lake.read(PURCHASE).toLocalIterator();
        reader.next();

        assertThat(lake.cleanUp(Duration.ofDays(4))).contains("rewrite 6 small files");

        int rest = 0;
        for (; reader.hasNext(); rest++) {
            reader.next();
        }
        assertThat(rest).isEqualTo(599);
    }

    @Test
    void rewritesSmallFilesAndKeepsTheSealOfTheirRows() {
        lake.publish("r1", lake.inSixFiles(60));

        lake.cleanUp(Duration.ofDays(1));

        assertThat(lake.filesOf(PURCHASE)).isEqualTo(1);
        assertThat(lake.read(PURCHASE).count()).isEqualTo(60);
        Seal seal = Seal.of(lake.table(), lake.table().currentSnapshot()).orElseThrow();
        assertThat(seal.run().id()).isEqualTo("r1");
        assertThat(seal.facts()).containsEntry(BronzeTables.KEY_ENFORCED_FACT, "true");
        lake.publish("r2", 20);
        assertThat(lake.read(PURCHASE).count()).isEqualTo(20);
    }

    @Test
    void rewritesTheRecordOfRuns() {
        for (int run = 1; run <= 6; run++) {
            lake.publish("r" + run, run);
        }
        long rows = lake.read(OpsTables.JOB_RUNS).count();

        lake.cleanUp(Duration.ZERO);

        // The clean-up's own line comes after.
        assertThat(lake.filesOf(OpsTables.JOB_RUNS)).isEqualTo(2);
        assertThat(lake.read(OpsTables.JOB_RUNS).count()).isEqualTo(rows + 1);
    }

    @Test
    void failsARunThatStartsMeanwhileUntilItIsRepeated() {
        lake.publish("r1", lake.inSixFiles(60));

        assertThatThrownBy(() -> Publication.run(lake.lake(), CleanUpLake.run("r2"), List.of(PURCHASE), publication -> {
                    assertThat(lake.cleanUp(Duration.ofDays(1))).contains("rewrite 6 small files");
                    publication.write(PURCHASE, lake.purchases(20), OverwriteFilter.everything());
                    publication.publish(CleanUpLake.PASSED, List.of());
                }))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.OUTSIDE_SYSTEM))
                .hasMessageContaining("bronze.purchase was changed by a compaction (CleanUp) while run r2");
        assertThat(lake.read(PURCHASE).count()).isEqualTo(60);

        lake.publish("r2", 20);
        assertThat(lake.read(PURCHASE).count()).isEqualTo(20);
    }
}
