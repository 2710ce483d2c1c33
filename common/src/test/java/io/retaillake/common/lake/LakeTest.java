package io.retaillake.common.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.contract.OpsTables;
import io.retaillake.common.job.ExitCode;
import io.retaillake.common.job.JobException;
import java.nio.file.Path;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
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

    @Test
    void writesNoTableThatAnotherToolPartitionsOtherwiseUntilItIsChangedBack() {
        Lake lake = LocalLakes.open(folder);
        Table table = lake.findOrCreate(BronzeTables.PURCHASE);
        table.updateSpec()
                .removeField("source_month")
                .addField(Expressions.bucket("customer_id", 8))
                .commit();

        assertThat(lake.find(BronzeTables.PURCHASE)).isPresent();
        assertThatThrownBy(() -> lake.findOrCreate(BronzeTables.PURCHASE))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_ARGUMENTS))
                .hasMessageContainingAll(
                        "partitioned by bucket[8](customer_id); this version writes it partitioned by source_month",
                        "ALTER TABLE");

        String name = lake.identifier(BronzeTables.PURCHASE);
        lake.spark().sql("ALTER TABLE " + name + " DROP PARTITION FIELD bucket(8, customer_id)");
        lake.spark().sql("ALTER TABLE " + name + " ADD PARTITION FIELD source_month");
        assertThat(lake.findOrCreate(BronzeTables.PURCHASE).spec().isPartitioned())
                .isTrue();
    }
}
