package io.retaillake.jobs.ops.maintenance;

import static io.retaillake.common.contract.BronzeTables.PURCHASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.publish.OverwriteFilter;
import io.retaillake.common.publish.Publication;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.iceberg.BaseTable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long snapshots, tags and branches are kept. */
class RetentionTest {

    @TempDir
    private Path folder;

    private CleanUpLake lake;

    @BeforeEach
    void openLake() {
        lake = new CleanUpLake(folder);
    }

    @Test
    void expiresWhatNoTagHoldsAndNothingElse() {
        lake.publish("r1", 10);
        lake.publish("r2", 20);
        int snapshots = lake.snapshots();

        lake.cleanUp(Duration.ofDays(40));

        assertThat(lake.snapshots())
                .as("the newest stay for those who read them")
                .isEqualTo(snapshots);
        for (int run = 3; run <= 6; run++) {
            lake.publish("r" + run, run * 10);
        }
        lake.cleanUp(Duration.ofDays(40));
        assertThat(lake.snapshots()).isLessThan(6 * 2);
        for (int run = 1; run <= 6; run++) {
            assertThat(lake.ofRun("r" + run).count()).isEqualTo(run * 10L);
        }
    }

    @Test
    void dropsTheTagsAndFilesOfRunsLongSuperseded() throws Exception {
        for (int run = 1; run <= 6; run++) {
            lake.publish("r" + run, run * 10);
        }
        int files = lake.dataFiles().size();

        lake.cleanUp(Duration.ofDays(40), "--keep-runs", "2");

        assertThat(lake.table().refs()).containsOnlyKeys("main", "run-r5", "run-r6");
        assertThat(lake.dataFiles()).hasSizeLessThan(files);
        assertThat(lake.read(PURCHASE).count()).isEqualTo(60);
        assertThat(lake.ofRun("r5").count()).isEqualTo(50);
    }

    @Test
    void keepsTheTagsOfRunsThatWereCurrentALittleWhileAgo() {
        lake.publish("r1", 10);
        lake.publish("r2", 20);

        lake.cleanUp(Duration.ofDays(29), "--keep-runs", "1");

        assertThat(lake.table().refs()).containsKeys("run-r1", "run-r2");
    }

    @Test
    void dropsTheBranchOfARunThatFailedLongAgo() {
        lake.publish("r1", 10);
        lake.failAfterWriting("r2");

        lake.cleanUp(Duration.ofDays(8));

        assertThat(lake.table().refs()).containsOnlyKeys("main", "run-r1");
        assertThat(lake.read(PURCHASE).count()).isEqualTo(10);
    }

    @Test
    void keepsTheBranchThatARunHasJustMadeFromAnOldVersion() {
        lake.publish("r1", 10);
        Publication.run(lake.lake(), CleanUpLake.run("r2"), List.of(PURCHASE), publication -> {
            assertThat(publication.before(PURCHASE)).isPresent();
            Instant branched = Instant.ofEpochMilli(
                    ((BaseTable) lake.table()).operations().current().lastUpdatedMillis());
            assertThat(lake.table().currentSnapshot().timestampMillis()).isLessThan(branched.toEpochMilli() - 1);
            // The version is older than a branch may be, the branch is not.
            lake.cleanUpAt(branched.plus(Duration.ofDays(7)).minusMillis(1));
            publication.write(PURCHASE, lake.purchases(20), OverwriteFilter.everything());
            publication.publish(CleanUpLake.PASSED, List.of());
        });

        assertThat(lake.read(PURCHASE).count()).isEqualTo(20);
    }

    @Test
    void dropsTheBranchOfARunThatDiedBeforeItWrote() {
        lake.publish("r1", 10);
        lake.dieAfterBranching("r2");

        lake.cleanUp(Duration.ofDays(8));

        assertThat(lake.table().refs()).containsOnlyKeys("main", "run-r1");
    }
}
