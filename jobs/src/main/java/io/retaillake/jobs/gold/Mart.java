package io.retaillake.jobs.gold;

import static io.retaillake.common.contract.SilverTables.PURCHASES;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.BusinessTime;
import io.retaillake.common.job.JobException;
import io.retaillake.common.job.Problems;
import io.retaillake.common.job.Window;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Check;
import io.retaillake.common.publish.OverwriteFilter;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.Run;
import io.retaillake.common.run.Job;
import io.retaillake.common.run.JobArguments;
import io.retaillake.common.run.Progress;
import io.retaillake.common.run.RunOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import picocli.CommandLine.Mixin;

/**
 * What the jobs of the gold layer share: read {@code silver.purchases}, aggregate, check that the mart adds up to what was
 * read, publish.
 */
abstract class Mart implements Job {

    private final TableContract mart;

    @Mixin
    private RunOptions runOptions;

    /** The job of {@code mart}, which it publishes. */
    Mart(TableContract mart) {
        this.mart = mart;
    }

    /**
     * Writes the rows that the mart shall have in the window's months and, where it is not partitioned by month, in all others.
     *
     * @param replaced those that it has in their place
     */
    abstract void write(MartInput input, OverwriteFilter replaced);

    final TableContract mart() {
        return mart;
    }

    @Override
    public Work prepare(Problems problems) {
        JobArguments arguments = runOptions.arguments(problems);
        return progress -> run(arguments, progress);
    }

    private void run(JobArguments arguments, Progress progress) {
        Lake lake = Lake.open(arguments.lake(), name());
        progress.watch(lake.spark());
        Run run = Run.ofWindow(arguments, name());
        Publication.run(
                lake,
                run,
                List.of(mart),
                progress,
                publication -> build(lake, publication, arguments.window(), progress));
    }

    private void build(Lake lake, Publication publication, Window window, Progress progress) {
        // A mart with rows over the whole period needs the whole period, whatever the window.
        Window months = hasPartitions() ? window : Window.all();
        lake.requireColumns(PURCHASES, MartColumns.of(mart).keys());
        long snapshotId = publication.input(PURCHASES, "BuildPurchases", months);
        progress.step("total " + PURCHASES, 0);
        MartControlTotals silver = MartControlTotals.ofSilver(lake, snapshotId, window);

        progress.processed(silver.rows());
        progress.step("build " + mart, silver.rows());
        write(MartInput.of(lake, publication, snapshotId, window, progress));

        progress.step("check " + mart, 0);
        Table table = lake.find(mart).orElseThrow();
        long writtenId = publication.writtenSnapshotId(mart);
        YearMonth thisMonth = YearMonth.now(BusinessTime.ZONE);
        WrittenMart written = WrittenMart.of(mart, table, writtenId, dateColumn(), window, thisMonth);
        publication.recordFact("rows", written.rows());
        publication.recordFact("count", written.figures().rows());
        publication.recordFact("amount", written.figures().amount().toPlainString());
        List<Check> checks = new ArrayList<>(written.checks(mart, silver));
        if (!hasPartitions()) {
            rowsOf(lake.find(PURCHASES).orElseThrow().snapshot(snapshotId))
                    .ifPresent(rows -> checks.add(Check.equal(
                            "rows: " + mart + ", all months = " + PURCHASES,
                            rows,
                            written.months().rows())));
        }
        publication.publish(checks, reportedTag(table, writtenId, written, window, thisMonth));
    }

    /** The rows of a snapshot, as its metadata has them; nothing where rows may be deleted that its files still hold. */
    private static Optional<Long> rowsOf(Snapshot snapshot) {
        Map<String, String> summary = snapshot.summary();
        return "0".equals(summary.get(SnapshotSummary.TOTAL_DELETE_FILES_PROP))
                ? Optional.ofNullable(summary.get(SnapshotSummary.TOTAL_RECORDS_PROP))
                        .map(Long::parseLong)
                : Optional.empty();
    }

    private void write(MartInput input) {
        try {
            write(
                    input,
                    hasPartitions()
                            ? OverwriteFilter.ofMonths(dateColumn(), input.window())
                            : OverwriteFilter.everything());
        } catch (Exception e) {
            if (Measures.isBeyondType(e)) {
                throw JobException.badData(
                        mart + " was not published. " + Measures.BEYOND_TYPE + "\nReaders still see it as it was.");
            }
            throw e;
        }
    }

    /**
     * Names the mart's newest month where the window ends with it, so that its figures can be found as they were first reported.
     * An older month was reported before; a run of it brings corrected figures. Months that have not come yet are none but a wrong
     * date's.
     */
    private List<String> reportedTag(
            Table table, long writtenId, WrittenMart written, Window window, YearMonth thisMonth) {
        return written.lastMonth()
                .filter(last -> window.isAll() || !hasLater(table, writtenId, last, thisMonth))
                .map(month -> List.of("reported-" + month))
                .orElse(List.of());
    }

    /** Whether the mart has rows of a later month that is not in the future. Reads one such row at most. */
    private boolean hasLater(Table table, long snapshotId, YearMonth month, YearMonth thisMonth) {
        try (CloseableIterable<Record> later = IcebergGenerics.read(table)
                .useSnapshot(snapshotId)
                .where(Expressions.and(
                        Expressions.greaterThanOrEqual(
                                dateColumn(), month.plusMonths(1).atDay(1).toString()),
                        Expressions.lessThan(
                                dateColumn(), thisMonth.plusMonths(1).atDay(1).toString())))
                .select(dateColumn())
                .build()) {
            return later.iterator().hasNext();
        } catch (IOException e) {
            throw new UncheckedIOException("Can't read " + table.name(), e);
        }
    }

    private boolean hasPartitions() {
        return !mart.partitions().isEmpty();
    }

    private String dateColumn() {
        return mart.columnNames().contains("month") ? "month" : "purchase_date";
    }
}
