package io.retaillake.jobs.ops.maintenance;

import static io.retaillake.common.contract.BronzeTables.PURCHASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.common.contract.SilverTables;
import io.retaillake.common.job.PositionRange;
import io.retaillake.common.job.SourcePositions;
import io.retaillake.common.publish.Batch;
import io.retaillake.common.publish.BatchPublication;
import io.retaillake.common.publish.OverwriteFilter;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.JobMain;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a clean-up leaves alone, says and refuses. */
class CleanUpTest {

    @TempDir
    private Path folder;

    private CleanUpLake lake;

    @BeforeEach
    void openLake() {
        lake = new CleanUpLake(folder);
    }

    @Test
    void leavesEverythingThatIsYoung() {
        lake.publish("r1", 10);
        lake.failAfterWriting("r2");
        long published = lake.snapshotId();

        String said = lake.cleanUp(Duration.ofDays(2));

        assertThat(said).contains("bronze.purchase\n  nothing to do");
        assertThat(lake.table().refs()).containsOnlyKeys("main", "run-r1", "audit-r2");
        assertThat(lake.snapshotId()).isEqualTo(published);
    }

    @Test
    void aDryRunSaysTheSameAndChangesNothing() throws Exception {
        for (int run = 1; run <= 6; run++) {
            lake.publish("r" + run, run * 10);
        }
        lake.failAfterWriting("r7");
        lake.leaveAnOrphan();
        SortedSet<Path> before = lake.files();

        String announced = lake.cleanUp(Duration.ofDays(40), "--keep-runs", "2", "--dry-run");

        assertThat(lake.files()).isEqualTo(before);
        String done = lake.cleanUp(Duration.ofDays(40), "--keep-runs", "2");
        assertThat(CleanUpLake.ofTable(announced).replace("would ", "")).isEqualTo(CleanUpLake.ofTable(done));
        assertThat(CleanUpLake.ofTable(done))
                .contains("drop tag run-r4", "drop branch audit-r7", "expire ", "remove the orphan ")
                .doesNotContain("run-r5,");
    }

    @Test
    void aRunInProgressIsNotDisturbed() {
        lake.publish("r1", 10);
        Publication.run(lake.lake(), CleanUpLake.run("r2"), List.of(PURCHASE), publication -> {
            publication.write(PURCHASE, lake.inSixFiles(60), OverwriteFilter.everything());
            lake.cleanUpAt(Instant.now().plus(Duration.ofDays(2)));
            assertThat(publication.written(PURCHASE).count()).isEqualTo(60);
            publication.publish(CleanUpLake.PASSED, List.of());
        });

        assertThat(lake.read(PURCHASE).count()).isEqualTo(60);
        assertThat(lake.table().refs()).containsOnlyKeys("main", "run-r1", "run-r2");
    }

    @Test
    void cleansTablesThatNoRunHasPublished() {
        lake.lake().findOrCreate(SilverTables.PURCHASES);
        lake.failAfterWriting("r1");

        assertThat(lake.cleanUp(Duration.ofDays(1))).contains("silver.purchases\n  nothing to do");
        assertThat(lake.cleanUp(Duration.ofDays(40))).contains("drop branch audit-r1");

        lake.publish("r2", 10);
        assertThat(lake.read(PURCHASE).count()).isEqualTo(10);
    }

    @Test
    void leavesAQueryWhatItGoesOnWith() {
        append("1", lake.inSixFiles(60));
        append("2", lake.purchases(4));

        assertThat(lake.cleanUp(Duration.ofDays(6)))
                .as("between two batches")
                .doesNotContain("drop branch")
                .contains("rewrite 8 small files");
        append("3", lake.purchases(4));
        assertThat(lake.cleanUp(Duration.ofDays(40)))
                .as("long after the last batch")
                .contains("drop branch append-till", "expire ");
        append("3", lake.purchases(4));
        append("4", lake.purchases(4));

        assertThat(lake.read(PURCHASE).count()).isEqualTo(60 + 3 * 4);
    }

    private void append(String batch, Dataset<Row> purchases) {
        long end = Long.parseLong(batch);
        PositionRange range =
                new PositionRange(SourcePositions.of(Map.of("till", end - 1)), SourcePositions.of(Map.of("till", end)));
        BatchPublication.run(lake.lake(), new Batch("till", batch, range), List.of(PURCHASE), publication -> {
            publication.append(PURCHASE, purchases);
            publication.publish(CleanUpLake.PASSED);
        });
    }

    @Test
    void refusesAgesThatWouldTouchWhatIsInUse() {
        assertThatThrownBy(() -> JobMain.run(
                        new CleanUp(),
                        "--lake",
                        folder.toString(),
                        "--orphan-age-days",
                        "0",
                        "--keep-runs",
                        "0",
                        "--small-files",
                        "1"))
                .isInstanceOf(FailedJobException.class)
                .hasMessageContaining("--orphan-age-days is 0")
                .hasMessageContaining("--keep-runs is 0")
                .hasMessageContaining("--small-files is 1");
    }
}
