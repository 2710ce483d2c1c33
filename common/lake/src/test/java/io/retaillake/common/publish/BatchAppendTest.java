package io.retaillake.common.publish;

import static io.retaillake.common.publish.BatchLake.EVENTS;
import static io.retaillake.common.publish.BatchLake.REJECTS;
import static io.retaillake.common.publish.BatchLake.assertRefused;
import static io.retaillake.common.publish.BatchLake.batch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.common.job.ExitCode;
import io.retaillake.common.job.PositionRange;
import io.retaillake.common.job.SourcePositions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.Transaction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches whose rows are appended. */
class BatchAppendTest {

    @TempDir
    private Path folder;

    private BatchLake lake;

    @BeforeEach
    void openLake() {
        lake = new BatchLake(folder);
    }

    @Test
    void appendsBatchesThatFollowOn() {
        lake.append(batch("1", 0, 2), "a=1", "b=1");
        BatchPublication.Result second =
                lake.append(batch("2", Map.of("p0", 2L, "p1", 70L), Map.of("p0", 3L, "p1", 71L)), "c=2", "d=2");

        assertThat(second.isRepetition()).isFalse();
        assertThat(lake.rows(EVENTS)).containsExactly("a=1", "b=1", "c=2", "d=2");
        assertThat(lake.reached(EVENTS)).isEqualTo("p0=3, p1=71");
        Table table = lake.table(EVENTS);
        assertThat(table.refs()).containsOnlyKeys("main", "append-orders");
        assertThat(table.snapshot("append-orders")).isEqualTo(table.currentSnapshot());
        assertThat(second.snapshotIds())
                .containsExactlyEntriesOf(
                        Map.of("gold.events", table.currentSnapshot().snapshotId()));
    }

    @Test
    void advancesThePositionsWithoutRows() {
        lake.append(batch("1", 0, 5), "a=1");
        lake.append(batch("2", 5, 9));
        BatchPublication.run(lake.lake(), batch("3", 9, 10), List.of(EVENTS), nothing -> nothing.publish(List.of()));

        assertThat(lake.reached(EVENTS)).isEqualTo("p0=10");
        assertThat(lake.rows(EVENTS)).containsExactly("a=1");
    }

    @Test
    void showsReadersEachBatchWithItsPositionsOrNeither() throws IOException {
        lake.append(batch("1", 0, 1), "a=1");
        lake.append(batch("2", 1, 3), "b=2", "c=2");

        Set<String> seen = new TreeSet<>();
        Table table = lake.table(EVENTS);
        try (Stream<Path> files = Files.list(folder.resolve(EVENTS.folder()).resolve("metadata"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".metadata.json"))
                    .toList()) {
                TableMetadata version = TableMetadataParser.read(table.io(), file.toString());
                SnapshotRef main = version.ref(SnapshotRef.MAIN_BRANCH);
                Snapshot read = main == null ? null : version.snapshot(main.snapshotId());
                seen.add((read == null ? "no" : read.summary().get("total-records")) + " rows, "
                        + (version.properties().containsKey(BatchMark.property(BatchLake.QUERY))
                                ? "marked"
                                : "not marked")
                        + (read == null
                                ? ""
                                : " " + BatchMark.of(read).orElseThrow().reached()));
            }
        }
        assertThat(seen).containsExactly("1 rows, marked p0=1", "3 rows, marked p0=3", "no rows, not marked");
    }

    @Test
    void appendsABatchOnceWhoseProcessWasKilledBeforeTheCommit() {
        lake.append(batch("1", 0, 1), "a=1");
        assertThatThrownBy(() -> BatchPublication.run(lake.lake(), batch("2", 1, 2), List.of(EVENTS), publication -> {
                    publication.append(EVENTS, lake.data("b=2"));
                    throw new IllegalStateException("killed");
                }))
                .hasMessage("killed");
        assertThat(lake.rows(EVENTS)).containsExactly("a=1");

        lake.restart();
        BatchPublication.Result repeated = lake.append(batch("2", 1, 2), "b=2");

        assertThat(repeated.isRepetition()).isFalse();
        assertThat(lake.rows(EVENTS)).containsExactly("a=1", "b=2");
        assertThat(lake.table(EVENTS).snapshot("append-orders"))
                .isEqualTo(lake.table(EVENTS).currentSnapshot());
    }

    @Test
    void recognizesARepeatedBatchWhoseSnapshotHasExpired() {
        BatchPublication.Result first = lake.append(batch("1", 0, 2), "a=1", "b=1");
        lake.lake().findOrCreate(EVENTS).newAppend().commit();
        lake.expire(EVENTS);
        assertThat(lake.table(EVENTS).snapshots()).as("the batch's is gone").hasSize(1);

        lake.restart();
        BatchPublication.Result again = lake.append(batch("1", 0, 2), "a=1", "b=1");

        assertThat(again.isRepetition()).isTrue();
        assertThat(again.snapshotIds()).isEqualTo(first.snapshotIds());
        assertThat(lake.rows(EVENTS)).containsExactly("a=1", "b=1");
    }

    @Test
    void recognizesAnOlderBatchWhoseSnapshotIsThere() {
        BatchPublication.Result first = lake.append(batch("1", 0, 2), "a=1", "b=1");
        lake.append(batch("2", 2, 3), "c=2");

        assertThat(lake.append(batch("1", 0, 2), "a=1", "b=1"))
                .isEqualTo(new BatchPublication.Result(true, first.snapshotIds()));
        assertThat(lake.reached(EVENTS)).isEqualTo("p0=3");
    }

    @Test
    void keepsItsRowsWhereSnapshotsAndLeftBranchesExpire() {
        lake.append(batch("1", 0, 1), "a=1");
        lake.append(batch("2", 1, 2), "b=2");
        lake.expire(EVENTS);
        lake.append(batch("3", 2, 3), "c=3");
        lake.expire(EVENTS);

        assertThat(lake.rows(EVENTS)).containsExactly("a=1", "b=2", "c=3");
    }

    @Test
    void refusesWhatDoesNotFollowOn() {
        lake.append(batch("1", 0, 10), "a=1");

        assertRefused(
                ExitCode.BAD_DATA,
                () -> lake.append(batch("2", 11, 20), "b=2"),
                "batch 2 of query orders does not follow on in gold.events",
                "p0 begins at 11, and the table holds it up to 10: a gap");
        assertRefused(ExitCode.BAD_DATA, () -> lake.append(batch("1", 0, 11), "a=1"), "up to 10: an overlap");
        assertRefused(ExitCode.BAD_DATA, () -> lake.append(batch("0", 0, 10), "a=1"), "up to 10: an overlap");

        assertThat(lake.rows(EVENTS)).containsExactly("a=1");
        assertThat(lake.jobRuns())
                .containsExactlyInAnyOrder(
                        "orders-2 orders FAILED positions p0=11 .. p0=20",
                        "orders-1 orders FAILED positions p0=0 .. p0=11",
                        "orders-0 orders FAILED positions p0=0 .. p0=10");
    }

    @Test
    void finishesABatchThatWasCutOffBetweenTwoTables() {
        BatchPublication.run(lake.lake(), batch("1", 0, 3), List.of(EVENTS), cutOff -> {
            cutOff.append(EVENTS, lake.data("a=1", "b=1"));
            cutOff.publish(List.of());
        });

        lake.restart();
        BatchPublication.Result repeated =
                BatchPublication.run(lake.lake(), batch("1", 0, 3), List.of(EVENTS, REJECTS), publication -> {
                    publication.append(EVENTS, lake.data("a=1", "b=1"));
                    publication.append(REJECTS, lake.data("x=bad"));
                    publication.publish(List.of(publication.everyRowWritten(3)));
                });

        assertThat(repeated.isRepetition()).isFalse();
        assertThat(lake.rows(EVENTS)).containsExactly("a=1", "b=1");
        assertThat(lake.rows(REJECTS)).containsExactly("x=bad");
    }

    @Test
    void leavesReadersWhatTheyHadWhenARowIsMissing() {
        assertRefused(
                ExitCode.BAD_DATA,
                () -> BatchPublication.run(lake.lake(), batch("1", 0, 3), List.of(EVENTS, REJECTS), publication -> {
                    publication.append(EVENTS, lake.data("a=1", "b=1"));
                    publication.publish(List.of(publication.everyRowWritten(3)));
                }),
                "rows: written to gold.events + gold.rejects = read: expected 3, actual 2 - FAILED",
                "can be inspected in lake.gold.events.`branch_append-orders`.");

        assertThat(lake.rows(EVENTS)).isEmpty();
        assertThat(lake.table(EVENTS).properties()).doesNotContainKey(BatchMark.property(BatchLake.QUERY));
        lake.append(batch("1", 0, 3), "a=1", "b=1", "c=1");
    }

    @Test
    void keepsFilesOutOfEveryVersionUntilTheyArePublishedOrToBeInspected() {
        lake.append(batch("1", 0, 1), "a=1");
        List<DataFile> files = new ArrayList<>();
        lake.table(EVENTS)
                .currentSnapshot()
                .addedDataFiles(lake.table(EVENTS).io())
                .forEach(files::add);
        lake.dropBranch(EVENTS);
        long before = lake.table(EVENTS).currentSnapshot().snapshotId();
        int versions = lake.table(EVENTS).history().size();

        assertRefused(
                ExitCode.BAD_DATA,
                () -> BatchPublication.run(lake.lake(), batch("2", 1, 4), List.of(EVENTS), publication -> {
                    publication.appendFiles(EVENTS, files);
                    assertThat(lake.table(EVENTS).history()).hasSize(versions);
                    assertThat(lake.table(EVENTS).refs()).containsOnlyKeys("main");
                    publication.publish(List.of(publication.everyRowWritten(3)));
                }),
                "expected 3, actual 1 - FAILED",
                "can be inspected in lake.gold.events.`branch_append-orders`.");
        assertThat(lake.table(EVENTS).currentSnapshot().snapshotId()).isEqualTo(before);
        assertThat(lake.table(EVENTS).snapshot("append-orders").summary()).containsEntry("added-records", "1");

        BatchPublication.run(lake.lake(), batch("2", 1, 2), List.of(EVENTS), publication -> {
            publication.appendFiles(EVENTS, files);
            publication.publish(List.of(publication.everyRowWritten(1)));
        });
        assertThat(lake.rows(EVENTS)).containsExactly("a=1", "a=1");
    }

    @Test
    void refusesABatchThatWasMadeBeforeAnotherQueryWentOn() {
        lake.append(batch("1", 0, 1), "a=1");
        Optional<SourcePositions> seen = Optional.of(SourcePositions.of(Map.of("p0", 1L)));
        Batch closing = new Batch(
                "windows",
                "1",
                new PositionRange(SourcePositions.of(Map.of("w", 0L)), SourcePositions.of(Map.of("w", 5L))));

        assertRefused(
                ExitCode.BAD_DATA,
                () -> BatchPublication.run(lake.lake(), closing, List.of(EVENTS), publication -> {
                    publication.requireProgress(EVENTS, BatchLake.QUERY, seen);
                    lake.append(batch("2", 1, 2), "b=2");
                    publication.publish(List.of());
                }),
                "it was made when the table held query orders up to p0=1, and now it holds it up to p0=2");
        assertThat(QueryProgress.of(lake.table(EVENTS), "windows")).isEmpty();
    }

    @Test
    void letsOneOfTwoProcessesWriteTheSameBatch() {
        BatchPublication.Result late =
                BatchPublication.run(lake.lake(), batch("1", 0, 1), List.of(EVENTS), publication -> {
                    publication.append(EVENTS, lake.data("a=1"));
                    lake.append(batch("1", 0, 1), "a=1");
                    publication.publish(List.of());
                });

        assertThat(late.snapshotIds())
                .containsEntry(
                        "gold.events", lake.table(EVENTS).currentSnapshot().snapshotId());
        assertThat(lake.rows(EVENTS)).containsExactly("a=1");
    }

    @Test
    void refusesTheSlowerOfTwoProcessesThatReadTheSourceDifferently() {
        assertRefused(
                ExitCode.BAD_DATA,
                () -> BatchPublication.run(lake.lake(), batch("1", 0, 2), List.of(EVENTS), publication -> {
                    publication.append(EVENTS, lake.data("a=1", "b=1"));
                    lake.append(batch("1", 0, 1), "a=1");
                    publication.publish(List.of());
                }),
                "the table's newest is batch 1 of query orders, up to p0=1");

        assertThat(lake.rows(EVENTS)).containsExactly("a=1");
    }

    @Test
    void looksAgainAtATableThatChangesInTheMomentOfTheCommit() {
        lake.append(batch("1", 0, 1), "a=1");
        StagedAppend nothing = StagedAppend.nothing(batch("2", 1, 2));
        lake.dropBranch(EVENTS);

        BatchMark mark = commitAfter(() -> lake.append(batch("2", 1, 2), "b=2"), nothing, batch("2", 1, 2));
        assertThat(mark.rows()).as("of the other process").isEqualTo(1);
        lake.dropBranch(EVENTS);
        assertRefused(
                ExitCode.BAD_DATA,
                () -> commitAfter(() -> lake.append(batch("3", 2, 4), "c=3", "d=3"), nothing, batch("3", 2, 3)),
                "up to 4: an overlap");
        commitAfter(() -> lake.compact(EVENTS), nothing, batch("4", 4, 5));

        assertThat(lake.reached(EVENTS)).isEqualTo("p0=5");
        assertThat(lake.rows(EVENTS)).containsExactly("a=1", "b=2", "c=3", "d=3");
    }

    /** Commits a batch to a table that {@code meanwhile} changes after the batch was found to follow on. */
    private BatchMark commitAfter(Runnable meanwhile, StagedWrite write, Batch batch) {
        return new BatchCommit(EVENTS, lake.table(EVENTS), batch, Optional.empty())
                .commit(
                        new StagedWrite() {
                            private boolean isFirst = true;

                            @Override
                            public String branchName() {
                                return write.branchName();
                            }

                            @Override
                            public long rows() {
                                return write.rows();
                            }

                            @Override
                            public void addTo(Transaction transaction, Map<String, String> summary) {
                                if (isFirst) {
                                    isFirst = false;
                                    meanwhile.run();
                                }
                                write.addTo(transaction, summary);
                            }
                        },
                        List.of());
    }

    @Test
    void goesOnAcrossCompactionsAndRunsThatReplaceRows() {
        lake.append(batch("1", 0, 1), "a=1");
        lake.append(batch("2", 1, 2), "b=2");
        lake.compact(EVENTS);
        lake.append(batch("2", 1, 2), "b=2");
        BatchPublication.run(lake.lake(), batch("3", 2, 3), List.of(EVENTS), publication -> {
            publication.append(EVENTS, lake.data("c=3"));
            lake.lake()
                    .findOrCreate(EVENTS)
                    .updateProperties()
                    .set("other", "kept")
                    .commit();
            publication.publish(List.of());
        });
        lake.compact(EVENTS);
        Publication.run(lake.lake(), new Run("r1", "TestJob", new TreeMap<>()), List.of(EVENTS), publication -> {
            publication.write(EVENTS, lake.data("z=0"), OverwriteFilter.everything());
            publication.publish(List.of(), List.of());
        });
        lake.append(batch("4", 3, 4), "d=4");

        assertThat(lake.rows(EVENTS)).containsExactly("d=4", "z=0");
        assertThat(lake.reached(EVENTS)).isEqualTo("p0=4");
        assertThat(lake.table(EVENTS).properties()).containsEntry("other", "kept");
    }

    @Test
    void refusesATableThatWasRolledBackBehindItsPositions() {
        BatchPublication.Result first = lake.append(batch("1", 0, 1), "a=1");
        lake.append(batch("2", 1, 2), "b=2");
        lake.table(EVENTS)
                .manageSnapshots()
                .rollbackTo(first.snapshotIds().get("gold.events"))
                .commit();

        assertRefused(
                ExitCode.OUTSIDE_SYSTEM,
                () -> lake.append(batch("3", 2, 3), "c=3"),
                "gold.events was rolled back",
                "batch 2 of query orders",
                "retail-lake.batch.orders");

        String mark = lake.table(EVENTS).currentSnapshot().summary().get(BatchMark.SUMMARY);
        lake.table(EVENTS)
                .updateProperties()
                .set(BatchMark.property(BatchLake.QUERY), mark)
                .commit();
        lake.append(batch("2", 1, 2), "b=again");
        assertThat(lake.rows(EVENTS)).containsExactly("a=1", "b=again");
    }

    @Test
    void keepsQueriesApart() {
        lake.append(batch("1", 0, 1), "a=1");
        Batch other = new Batch("returns", "1", batch("1", 0, 1).range());
        lake.append(other, "r=1");

        assertThat(lake.rows(EVENTS)).containsExactly("a=1", "r=1");
        assertThat(lake.append(batch("1", 0, 1), "a=1").isRepetition()).isTrue();
        assertThatThrownBy(() -> new Batch("it's", "1", other.range())).isInstanceOf(IllegalArgumentException.class);
    }
}
