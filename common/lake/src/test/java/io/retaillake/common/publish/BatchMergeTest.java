package io.retaillake.common.publish;

import static io.retaillake.common.publish.BatchLake.EVENTS;
import static io.retaillake.common.publish.BatchLake.assertRefused;
import static io.retaillake.common.publish.BatchLake.batch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.common.job.ExitCode;
import io.retaillake.common.job.JobException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches whose changes are merged. */
class BatchMergeTest {

    private static final MergeRule UPSERT = MergeRule.upsert(List.of("key"));
    private static final MergeRule UPSERT_OR_DELETE = new MergeRule(
            List.of("key"),
            List.of(
                    "WHEN MATCHED AND changes.value = 'deleted' THEN DELETE",
                    "WHEN MATCHED THEN UPDATE SET *",
                    "WHEN NOT MATCHED AND changes.value <> 'deleted' THEN INSERT *"));

    /** How many changes Spark's tasks, which run in this process, have computed. */
    private static final AtomicInteger COMPUTED = new AtomicInteger();

    @TempDir
    private Path folder;

    private BatchLake lake;

    @BeforeEach
    void openLake() {
        lake = new BatchLake(folder);
    }

    @Test
    void mergesChangesThatFollowOn() {
        lake.merge(batch("1", 0, 3), UPSERT_OR_DELETE, "a=1", "b=1", "c=1");
        BatchPublication.Result second =
                lake.merge(batch("2", 3, 6), UPSERT_OR_DELETE, "b=2", "c=deleted", "d=2", "e=deleted");

        assertThat(second.isRepetition()).isFalse();
        assertThat(lake.rows(EVENTS)).containsExactly("a=1", "b=2", "d=2");
        assertThat(lake.reached(EVENTS)).isEqualTo("p0=6");
        assertThat(lake.table(EVENTS).refs()).containsOnlyKeys("main");
        assertThat(second.snapshotIds())
                .containsEntry(
                        "gold.events", lake.table(EVENTS).currentSnapshot().snapshotId());
    }

    @Test
    void mergesNothing() {
        lake.merge(batch("1", 0, 1), UPSERT);
        lake.merge(batch("2", 1, 2), UPSERT, "a=1");
        lake.merge(batch("3", 2, 3), UPSERT);

        assertThat(lake.rows(EVENTS)).containsExactly("a=1");
        assertThat(lake.reached(EVENTS)).isEqualTo("p0=3");
    }

    @Test
    void leavesABatchThatTheTableHolds() {
        BatchPublication.Result first = lake.merge(batch("1", 0, 1), UPSERT, "a=1");
        lake.append(batch("2", 1, 2), "b=2");
        lake.compact(EVENTS);

        lake.restart();
        BatchPublication.Result again = lake.merge(batch("1", 0, 1), UPSERT, "a=again");

        assertThat(again).isEqualTo(new BatchPublication.Result(true, first.snapshotIds()));
        assertThat(lake.rows(EVENTS)).containsExactly("a=1", "b=2");
    }

    @Test
    void refusesPositionsThatDoNotFollowOn() {
        lake.merge(batch("1", 0, 5), UPSERT, "a=1");

        assertRefused(ExitCode.BAD_DATA, () -> lake.merge(batch("2", 6, 7), UPSERT, "a=2"), "up to 5: a gap");
        assertRefused(ExitCode.BAD_DATA, () -> lake.merge(batch("2", 4, 7), UPSERT, "a=2"), "up to 5: an overlap");

        assertThat(lake.rows(EVENTS)).containsExactly("a=1");
    }

    @Test
    void refusesChangesWithTheSameKeyOrNone() {
        lake.merge(batch("1", 0, 1), UPSERT, "secret=1");

        assertRefused(
                ExitCode.BAD_DATA,
                () -> lake.merge(
                        batch("2", 1, 9), UPSERT, "secret=2", "secret=3", "secret=4", "x=5", "x=6", "y=7", "=8", "=9"),
                "batch 2 of query orders can't be merged into gold.events by key",
                "5 changes have 2 keys between them",
                "2 changes lack a part of the key");
        assertThatThrownBy(() -> lake.merge(batch("2", 1, 3), UPSERT, "secret=2", "secret=3"))
                .isInstanceOf(JobException.class)
                .hasMessageNotContaining("secret");

        assertThat(lake.rows(EVENTS)).containsExactly("secret=1");
        assertThat(lake.reached(EVENTS)).isEqualTo("p0=1");
    }

    @Test
    void mergesOnceWhatWasKilledBeforeTheCommit() {
        lake.merge(batch("1", 0, 1), UPSERT, "a=1");
        assertThatThrownBy(() -> BatchPublication.run(lake.lake(), batch("2", 1, 2), List.of(EVENTS), publication -> {
                    publication.merge(EVENTS, lake.data("a=killed", "b=killed"), UPSERT);
                    throw new IllegalStateException("killed");
                }))
                .hasMessage("killed");
        assertThat(lake.rows(EVENTS)).containsExactly("a=1");

        lake.restart();
        lake.merge(batch("2", 1, 2), UPSERT, "a=2", "b=2");

        assertThat(lake.rows(EVENTS)).containsExactly("a=2", "b=2");
        assertThat(lake.table(EVENTS).refs()).containsOnlyKeys("main");
    }

    @Test
    void refusesToUndoWhatOthersDidMeanwhile() {
        lake.merge(batch("1", 0, 1), UPSERT, "a=1");
        assertMovedBy(
                "batch 7 of query other",
                () -> lake.append(new Batch("other", "7", batch("7", 0, 1).range()), "o=7"));
        assertMovedBy("a compaction (CleanUp)", () -> lake.compact(EVENTS));
        assertMovedBy(
                "a writer outside this library",
                () -> lake.table(EVENTS).newAppend().commit());

        assertThat(lake.rows(EVENTS)).containsExactly("a=1", "o=7");
        lake.merge(batch("2", 1, 2), UPSERT, "a=2");
        assertThat(lake.rows(EVENTS)).containsExactly("a=2", "o=7");
    }

    private void assertMovedBy(String mover, Runnable change) {
        assertRefused(
                ExitCode.OUTSIDE_SYSTEM,
                () -> mergeDuring(change),
                "gold.events was changed by " + mover + " while batch 2 of query orders",
                "Repeat the batch.");
    }

    /** Merges a batch while {@code change} happens between the merge and its publication. */
    private BatchPublication.Result mergeDuring(Runnable change) {
        return BatchPublication.run(lake.lake(), batch("2", 1, 2), List.of(EVENTS), publication -> {
            publication.merge(EVENTS, lake.data("a=2"), UPSERT);
            change.run();
            publication.publish(List.of());
        });
    }

    @Test
    void letsOneOfTwoProcessesMergeTheSameBatch() {
        lake.merge(batch("1", 0, 1), UPSERT, "a=1");

        BatchPublication.Result late = mergeDuring(() -> lake.merge(batch("2", 1, 2), UPSERT, "a=other"));

        assertThat(late.snapshotIds())
                .containsEntry(
                        "gold.events", lake.table(EVENTS).currentSnapshot().snapshotId());
        assertThat(lake.rows(EVENTS)).containsExactly("a=other");
    }

    @Test
    void refusesToPublishWhatAnotherProcessMergedAndDidNotCheck() {
        lake.merge(batch("1", 0, 1), UPSERT, "a=1");

        assertRefused(
                ExitCode.OUTSIDE_SYSTEM,
                () -> mergeDuring(() -> BatchPublication.run(
                        lake.lake(),
                        batch("2", 1, 2),
                        List.of(EVENTS),
                        other -> other.merge(EVENTS, lake.data("a=unchecked"), UPSERT))),
                "Another process of batch 2 of query orders is working on gold.events",
                "repeat the batch.");

        assertThat(lake.rows(EVENTS)).containsExactly("a=1");
    }

    @Test
    void refusesToBeginWhereAnotherProcessHasChangedTheTableSinceTheStart() {
        lake.merge(batch("1", 0, 1), UPSERT, "a=1");

        assertRefused(
                ExitCode.OUTSIDE_SYSTEM,
                () -> BatchPublication.run(lake.lake(), batch("2", 1, 2), List.of(EVENTS), publication -> {
                    lake.append(new Batch("other", "7", batch("7", 0, 1).range()), "o=7");
                    publication.merge(EVENTS, lake.data("a=2"), UPSERT);
                }),
                "gold.events was changed by batch 7 of query other while batch 2 of query orders",
                "Repeat the batch.");
    }

    @Test
    void computesTheChangesOnce() {
        COMPUTED.set(0);
        lake.merge(batch("1", 0, 1), UPSERT, "a=1");

        BatchPublication.run(lake.lake(), batch("2", 1, 3), List.of(EVENTS), publication -> {
            publication.merge(
                    EVENTS,
                    lake.data("a=2", "b=2").filter((FilterFunction<Row>) row -> COMPUTED.incrementAndGet() > 0),
                    UPSERT);
            publication.publish(List.of(publication.everyRowWritten(2)));
        });

        assertThat(COMPUTED).hasValue(2);
        assertThat(lake.rows(EVENTS)).containsExactly("a=2", "b=2");
    }
}
