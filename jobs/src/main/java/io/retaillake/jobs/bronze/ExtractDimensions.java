package io.retaillake.jobs.bronze;

import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.Problems;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Check;
import io.retaillake.common.publish.DimensionScan;
import io.retaillake.common.publish.Fingerprint;
import io.retaillake.common.publish.OverwriteFilter;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.Run;
import io.retaillake.common.publish.StringTable;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.Job;
import io.retaillake.common.run.JobArguments;
import io.retaillake.common.run.JobMain;
import io.retaillake.common.run.Progress;
import io.retaillake.common.run.RunOptions;
import io.retaillake.common.source.CopyQuery;
import io.retaillake.common.source.SourceOptions;
import io.retaillake.common.source.SourceRelation;
import io.retaillake.common.source.SourceSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Extracts the three dimension tables whole, from one snapshot of the source, into {@code bronze.customer}, {@code
 * bronze.products_info} and {@code bronze.zipcode}. The months of the run do not matter to it. Reads each again to prove it, and keeps
 * no row meanwhile: eight bytes for each.
 */
@Command(
        name = "ExtractDimensions",
        description = "Extracts customers, products and postal areas from one snapshot of the source into bronze.")
public final class ExtractDimensions implements Job {

    @Mixin
    private RunOptions runOptions;

    @Mixin
    private SourceOptions sourceOptions;

    public static void main(String[] args) throws FailedJobException {
        JobMain.run(new ExtractDimensions(), args);
    }

    @Override
    public Work prepare(Problems problems) {
        JobArguments arguments = runOptions.arguments(problems);
        SourceSettings source = sourceOptions.settings(problems);
        return progress -> run(arguments, source, progress);
    }

    private void run(JobArguments arguments, SourceSettings source, Progress progress) {
        Lake lake = Lake.open(arguments.lake(), name());
        progress.watch(lake.spark());
        Run run = new Run(arguments.runId(), name(), new TreeMap<>(Map.of("source-schema", source.schema())));
        Publication.run(lake, run, BronzeTables.DIMENSIONS, progress, publication -> {
            new Extraction(lake.spark(), source).run(BronzeTables.DIMENSIONS, (snapshot, relations) -> {
                // The snapshot of an attempt that was cut off is gone: the three are extracted together or not at all.
                publication.startOver();
                Extraction.recordSource(publication, snapshot, relations);
                SnapshotReader reader = new SnapshotReader(source, snapshot);
                List<Long> sourceRows = SourceValues.count(snapshot.connection(), BronzeTables.DIMENSIONS, relations);
                for (int i = 0; i < relations.size(); i++) {
                    TableContract contract = BronzeTables.DIMENSIONS.get(i);
                    extract(contract, relations.get(i), sourceRows.get(i), lake, reader, publication, progress);
                }
                progress.processed(
                        sourceRows.stream().mapToLong(Long::longValue).sum());
                // The checks read bronze; and what was read after the snapshot's end must not be published.
                snapshot.release();
                List<Check> checks = new ArrayList<>();
                for (int i = 0; i < relations.size(); i++) {
                    check(BronzeTables.DIMENSIONS.get(i), sourceRows.get(i), lake, publication, checks, progress);
                }
                publication.publish(checks, List.of());
            });
        });
    }

    private static void extract(
            TableContract contract,
            SourceRelation relation,
            long sourceRows,
            Lake lake,
            SnapshotReader reader,
            Publication publication,
            Progress progress) {
        progress.step("extract " + contract, sourceRows);
        List<CopyQuery> queries = reader.copies(contract, relation, List.of(CtidRanges.EVERYTHING));
        publication.writeFiles(
                contract,
                table -> CopiedFiles.write(lake.spark(), contract, table, queries),
                OverwriteFilter.everything());
        publication.recordFact("rows." + contract.name(), sourceRows);
    }

    private static void check(
            TableContract contract,
            long sourceRows,
            Lake lake,
            Publication publication,
            List<Check> checks,
            Progress progress) {
        progress.step("check " + contract, 0);
        StringTable written =
                new StringTable(contract, lake.find(contract).orElseThrow(), publication.writtenSnapshotId(contract));
        DimensionScan scan = DimensionScan.of(written, row -> {});
        Fingerprint fingerprint = scan.fingerprint();
        checks.add(Check.equal(contract + ": rows = the source's", sourceRows, fingerprint.rows()));
        if (!contract.key().isEmpty()) {
            checks.add(Check.equal(contract + ": values of " + contract.key() + " that occur more than once", 0L, (long)
                    scan.repeatedKeys().size()));
        }
        publication.recordFact(Fingerprint.fact(contract), fingerprint);
    }
}
