package io.retaillake.common.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.contract.Column;
import io.retaillake.common.contract.Layer;
import io.retaillake.common.contract.OpsTables;
import io.retaillake.common.contract.PartitionField;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.ExitCode;
import io.retaillake.common.job.JobException;
import io.retaillake.common.lake.Lake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicationTest {

    private static final TableContract FIRST = contract("first");
    private static final TableContract SECOND = contract("second");
    private static final List<Check> PASSED = List.of(Check.equal("rows", 1, 1));

    @TempDir
    private Path folder;

    private Lake lake;

    @BeforeEach
    void openLake() {
        lake = LocalLakes.open(folder);
    }

    @Test
    void publishesTablesWithTheRunsTagAndRecord() {
        publish("r1", "a=1", "b=1");

        assertThat(rows(FIRST)).containsExactly("a=1");
        assertThat(rows(SECOND)).containsExactly("b=1");
        Table table = lake.find(FIRST).orElseThrow();
        assertThat(table.refs()).containsOnlyKeys("main", "run-r1");
        Seal seal = Seal.of(table.currentSnapshot()).orElseThrow();
        assertThat(seal.run().id()).isEqualTo("r1");
        assertThat(seal.checks()).isEqualTo(PASSED);
        assertThat(jobRuns()).containsExactly("r1 SUCCEEDED");
    }

    @Test
    void showsReadersSealedAndTaggedVersionsOnly() throws IOException {
        publish("r1", "a=1", "b=1");
        publish("r2", "a=2", "b=2");

        Set<String> seen = new TreeSet<>();
        for (TableMetadata version : everyVersion(FIRST)) {
            SnapshotRef main = version.ref(SnapshotRef.MAIN_BRANCH);
            if (main != null) {
                Seal seal = Seal.of(version.snapshot(main.snapshotId())).orElseThrow();
                assertThat(version.ref(Lake.tag(seal.run().id())))
                        .as(version.metadataFileLocation())
                        .isNotNull()
                        .extracting(SnapshotRef::snapshotId)
                        .isEqualTo(main.snapshotId());
                seen.add(seal.run().id());
            }
        }
        assertThat(seen).containsExactly("r1", "r2");
    }

    /** The table's metadata after each commit, to its branches too. */
    private List<TableMetadata> everyVersion(TableContract contract) throws IOException {
        Table table = lake.find(contract).orElseThrow();
        try (Stream<Path> files = Files.list(folder.resolve(contract.folder()).resolve("metadata"))) {
            return files.filter(file -> file.toString().endsWith(".metadata.json"))
                    .map(file -> TableMetadataParser.read(table.io(), file.toString()))
                    .toList();
        }
    }

    @Test
    void replacesOnlyWhatTheReplacementSelects() {
        publish("r1", List.of("a=1", "b=1"), OverwriteFilter.everything());
        publish("r2", List.of("b=2", "b=3"), OverwriteFilter.ofValues("part", List.of("b", "c")));

        assertThat(rows(FIRST)).containsExactly("a=1", "b=2", "b=3");
    }

    @Test
    void emptiesWhatIsReplacedByNothing() {
        publish("r1", List.of("a=1", "b=1"), OverwriteFilter.everything());
        publish("r2", List.of(), OverwriteFilter.ofValues("part", List.of("b")));

        assertThat(rows(FIRST)).containsExactly("a=1");
    }

    @Test
    void leavesReadersTheOldVersionWhenACheckFails() {
        publish("r1", "a=1", "b=1");

        assertThatThrownBy(() -> Publication.run(lake, run("r2"), List.of(FIRST), publication -> {
                    publication.write(FIRST, data("a=2"), OverwriteFilter.everything());
                    publication.publish(List.of(Check.equal("rows as in the source", 5, 1)), List.of());
                }))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_DATA))
                .hasMessageContaining("rows as in the source: expected 5, actual 1")
                .hasMessageContaining("lake.gold.first.`branch_audit-r2`");

        assertThat(rows(FIRST)).containsExactly("a=1");
        assertThat(lake.find(FIRST).orElseThrow().refs()).containsKey("audit-r2");
        assertThat(jobRuns()).containsExactly("r1 SUCCEEDED", "r2 FAILED");
    }

    @Test
    void leavesEverythingWhenTheRunIsRepeated() {
        publish("r1", "a=1", "b=1");
        long published = lake.find(FIRST).orElseThrow().currentSnapshot().snapshotId();

        publish("r1", "a=9", "b=9");

        assertThat(lake.find(FIRST).orElseThrow().currentSnapshot().snapshotId())
                .isEqualTo(published);
        assertThat(jobRuns()).containsExactly("r1 SUCCEEDED");
    }

    @Test
    void refusesARunIdThatWasUsedWithOtherArguments() {
        publish("r1", "a=1", "b=1");
        Run other = new Run("r1", "TestJob", new TreeMap<>(Map.of("window", "2015-01..2015-01")));

        assertThatThrownBy(() -> Publication.run(lake, other, List.of(FIRST), publication -> {}))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_ARGUMENTS))
                .hasMessageContaining("Run r1 was made by TestJob with {window=all}");
    }

    @Test
    void finishesACutOffRunFromTheInputsThatItHadRead() {
        publish("r0", "a=1", "b=1");
        long first = lake.find(SECOND).orElseThrow().currentSnapshot().snapshotId();
        Publication.run(lake, run("r1"), List.of(FIRST), publication -> {
            publication.input(SECOND, "TestJob");
            publication.write(FIRST, data("a=2"), OverwriteFilter.everything());
            publication.publish(PASSED, List.of());
        });
        publish("r2", "a=1", "b=2");

        TableContract third = contract("third");
        Publication.run(lake, run("r1"), List.of(FIRST, third), publication -> {
            assertThat(publication.input(SECOND, "TestJob")).isEqualTo(first);
            publication.write(FIRST, data("a=lost"), OverwriteFilter.everything());
            publication.write(third, data("c=1"), OverwriteFilter.everything());
            publication.publish(PASSED, List.of());
        });

        assertThat(rows(third)).containsExactly("c=1");
        assertThat(rows(FIRST)).as("r2 came later and stays").containsExactly("a=1");
    }

    @Test
    void refusesToUndoWhatAnotherRunPublishedMeanwhile() {
        publish("r1", "a=1", "b=1");

        assertRefused(
                "gold.first was changed by run r3 (TestJob) while run r2",
                () -> Publication.run(lake, run("r2"), List.of(FIRST), publication -> {
                    publication.write(FIRST, data("a=2"), OverwriteFilter.everything());
                    publish("r3", "a=3", "b=3");
                    publication.publish(PASSED, List.of());
                }));

        assertThat(rows(FIRST)).containsExactly("a=3");
    }

    @Test
    void refusesToBeginATableThatAnotherRunHasChangedSinceTheStart() {
        publish("r1", "a=1", "b=1");

        assertRefused(
                "gold.second was changed by run r3 (TestJob) while run r2",
                () -> Publication.run(lake, run("r2"), List.of(FIRST, SECOND), publication -> {
                    publish("r3", "a=3", "b=3");
                    publication.write(SECOND, data("b=2"), OverwriteFilter.everything());
                }));

        assertThat(rows(SECOND)).containsExactly("b=3");
    }

    @Test
    void refusesToPutOlderDataInPlaceOfWhatAnotherRunMadeFromNewer() {
        publish("january", List.of("a=old"), OverwriteFilter.everything());
        publish("february", List.of("a=corrected"), OverwriteFilter.everything());
        copyFirstToSecond("february");

        assertThatThrownBy(() -> copyFirstToSecond("january"))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_ARGUMENTS))
                .hasMessageContaining(
                        "gold.second was published by run february from a newer gold.first than run january");

        assertThat(rows(SECOND)).containsExactly("a=corrected");
        copyFirstToSecond("march");
        assertThat(rows(SECOND)).containsExactly("a=corrected");
    }

    private void copyFirstToSecond(String runId) {
        Publication.run(lake, run(runId), List.of(SECOND), publication -> {
            long input = publication.input(FIRST, "TestJob");
            publication.write(SECOND, lake.read(FIRST, input), OverwriteFilter.everything());
            publication.publish(PASSED, List.of());
        });
    }

    @Test
    void buildsOnWhatAnotherRunPublishedWhereItStartsOver() {
        publish("r1", List.of("a=1", "b=1"), OverwriteFilter.everything());

        Publication.run(lake, run("r2"), List.of(FIRST), publication -> {
            publish("r3", List.of("b=3"), OverwriteFilter.ofValues("part", List.of("b")));
            publication.startOver();
            publication.write(FIRST, data("a=2"), OverwriteFilter.ofValues("part", List.of("a")));
            publication.publish(PASSED, List.of());
        });

        assertThat(rows(FIRST)).containsExactly("a=2", "b=3");
    }

    @Test
    void refusesToPublishWhatAnotherProcessOfTheSameRunWrote() {
        publish("r1", "a=1", "b=1");

        assertRefused(
                "Another process of run r2 (TestJob) is working on gold.first",
                () -> Publication.run(lake, run("r2"), List.of(FIRST), publication -> {
                    publication.write(FIRST, data("a=2"), OverwriteFilter.everything());
                    Publication.run(
                            lake,
                            run("r2"),
                            List.of(FIRST),
                            other -> other.write(FIRST, data("a=unchecked"), OverwriteFilter.everything()));
                    assertThat(rows(publication.written(FIRST)))
                            .as("what is checked")
                            .containsExactly("a=2");
                    publication.publish(PASSED, List.of());
                }));

        assertThat(rows(FIRST)).containsExactly("a=1");
    }

    @Test
    void leavesWhatAnotherProcessOfTheSameRunPublished() {
        publish("r1", "a=1", "b=1");

        assertRefused(
                "gold.first was changed by run r2 (TestJob) while run r2",
                () -> Publication.run(lake, run("r2"), List.of(FIRST), publication -> {
                    publication.write(FIRST, data("a=late"), OverwriteFilter.everything());
                    publish("r2", List.of("a=2"), OverwriteFilter.everything());
                    publication.publish(PASSED, List.of());
                }));

        assertThat(rows(FIRST)).containsExactly("a=2");
    }

    private static void assertRefused(String message, ThrowingCallable publication) {
        assertThatThrownBy(publication)
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.OUTSIDE_SYSTEM))
                .hasMessageContaining(message);
    }

    @Test
    void keepsTheFirstSnapshotUnderATagForReports() {
        Publication.run(lake, run("r1"), List.of(FIRST), publication -> {
            publication.write(FIRST, data("a=1"), OverwriteFilter.everything());
            publication.publish(PASSED, List.of("reported-2015-01"));
        });
        Publication.run(lake, run("r2"), List.of(FIRST), publication -> {
            publication.write(FIRST, data("a=2"), OverwriteFilter.everything());
            publication.publish(PASSED, List.of("reported-2015-01"));
        });

        assertThat(rows(lake.spark()
                        .sql("SELECT * FROM " + lake.identifier(FIRST) + " VERSION AS OF 'reported-2015-01'")))
                .containsExactly("a=1");
        assertThat(rows(FIRST)).containsExactly("a=2");
    }

    @Test
    void refusesATableOfANewerVersion() {
        publish("r1", "a=1", "b=1");
        lake.find(FIRST)
                .orElseThrow()
                .updateProperties()
                .set("retail-lake.layout-version", "99")
                .commit();

        assertThatThrownBy(() -> lake.find(FIRST))
                .isInstanceOfSatisfying(
                        JobException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_ARGUMENTS))
                .hasMessageContaining("newer version");
    }

    private void publish(String runId, String first, String second) {
        Publication.run(lake, run(runId), List.of(FIRST, SECOND), publication -> {
            publication.write(FIRST, data(first), OverwriteFilter.everything());
            publication.write(SECOND, data(second), OverwriteFilter.everything());
            publication.publish(PASSED, List.of());
        });
    }

    private void publish(String runId, List<String> rows, OverwriteFilter replacement) {
        Publication.run(lake, run(runId), List.of(FIRST), publication -> {
            publication.write(FIRST, data(rows.toArray(String[]::new)), replacement);
            assertThat(rows(publication.written(FIRST))).containsAll(rows);
            publication.publish(PASSED, List.of());
        });
    }

    private static Run run(String id) {
        return new Run(id, "TestJob", new TreeMap<>(Map.of("window", "all")));
    }

    private Dataset<Row> data(String... values) {
        List<Row> rows = Stream.of(values)
                .map(value -> RowFactory.create(value.substring(0, 1), value.substring(2)))
                .toList();
        return lake.spark().createDataFrame(rows, FIRST.schema());
    }

    private List<String> rows(TableContract contract) {
        return rows(lake.spark().table(lake.identifier(contract)));
    }

    private static List<String> rows(Dataset<Row> data) {
        return data.collectAsList().stream()
                .map(row -> row.getString(0) + "=" + row.getString(1))
                .sorted()
                .toList();
    }

    private List<String> jobRuns() {
        return lake.spark().table(lake.identifier(OpsTables.JOB_RUNS)).collectAsList().stream()
                .map(row -> row.getString(0) + " " + row.getString(2))
                .sorted()
                .toList();
    }

    private static TableContract contract(String name) {
        return new TableContract(
                Layer.GOLD,
                name,
                "data/factdata/gold/" + name,
                "A row of a test.",
                "시험용",
                List.of(
                        Column.required("part", DataTypes.StringType, "The partition.", "파티션"),
                        Column.required("value", DataTypes.StringType, "The value.", "값")),
                List.of("part", "value"),
                List.of(PartitionField.identity("part")),
                Map.of());
    }
}
