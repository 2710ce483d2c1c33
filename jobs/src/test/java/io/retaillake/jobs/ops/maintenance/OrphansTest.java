package io.retaillake.jobs.ops.maintenance;

import static io.retaillake.common.contract.BronzeTables.PURCHASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.lake.CatalogKind;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.lake.LakeSettings;
import io.retaillake.common.publish.OverwriteFilter;
import io.retaillake.common.publish.Publication;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files in a table's folder that no version of it knows. */
class OrphansTest {

    @TempDir
    private Path folder;

    private CleanUpLake lake;

    @BeforeEach
    void openLake() {
        lake = new CleanUpLake(folder);
    }

    @Test
    void removesOrphansOnceTheyAreOld() throws Exception {
        lake.publish("r1", 10);
        Path orphan = lake.leaveAnOrphan();

        lake.cleanUp(Duration.ofDays(2));
        assertThat(orphan).exists();

        assertThat(lake.cleanUp(Duration.ofDays(4))).contains("1 orphans removed");
        assertThat(orphan).doesNotExist();
        assertThat(lake.read(PURCHASE).count()).isEqualTo(10);
    }

    @Test
    void refusesToTakeAnotherLakesFilesForOrphans() {
        lake.publish("r1", 10);
        Lake other = Lake.open(
                new LakeSettings(
                        lake.lake().settings().root(),
                        CatalogKind.LOCAL,
                        folder.resolve("catalog.db").toString(),
                        "other_"),
                "test");
        Publication.run(other, CleanUpLake.run("r1"), List.of(PURCHASE), publication -> {
            publication.write(PURCHASE, lake.purchases(20), OverwriteFilter.everything());
            publication.publish(CleanUpLake.PASSED, List.of());
        });

        assertThat(lake.cleanUp(Duration.ofDays(4))).contains("Another table lies in");
        assertThat(other.spark().table(other.identifier(PURCHASE)).count()).isEqualTo(20);
    }
}
