package io.retaillake.common.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.contract.OpsTables;
import java.nio.file.Path;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeTest {

    @TempDir
    private Path folder;

    @Test
    void seesWhatAnotherHasWrittenSinceItWasOpenedAndWritesAfterIt() {
        LocalLakes.open(folder).findOrCreate(OpsTables.JOB_RUNS);
        Lake one = LocalLakes.open(folder);
        Lake other = LocalLakes.open(folder);
        Table asSeenBefore = other.find(OpsTables.JOB_RUNS).orElseThrow();

        one.find(OpsTables.JOB_RUNS)
                .orElseThrow()
                .updateProperties()
                .set("one", "1")
                .commit();

        assertThat(other.find(OpsTables.JOB_RUNS).orElseThrow().properties()).containsEntry("one", "1");
        asSeenBefore.updateProperties().set("other", "2").commit();
        assertThat(one.find(OpsTables.JOB_RUNS).orElseThrow().properties())
                .containsEntry("one", "1")
                .containsEntry("other", "2");
    }

    @Test
    void keepsItsTablesInsideAFolderWhoseNameHasSpacesAndKoreanLetters() {
        Path lake = folder.resolve("매출 호수 100%");

        LocalLakes.open(lake).findOrCreate(OpsTables.JOB_RUNS);

        assertThat(lake.resolve(OpsTables.JOB_RUNS.folder()).resolve("metadata"))
                .isNotEmptyDirectory();
        assertThat(folder).isDirectoryNotContaining(other -> !other.equals(lake));
    }
}
