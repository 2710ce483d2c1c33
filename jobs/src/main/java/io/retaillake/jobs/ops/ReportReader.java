package io.retaillake.jobs.ops;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.retaillake.common.contract.GoldTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.Progress;
import io.retaillake.common.job.Window;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.Replacement;
import io.retaillake.common.publish.Seal;
import java.sql.Date;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Reads from gold what a report shows: the snapshots that its run published, else the current ones. Its queries are small and
 * run side by side, because most of the time of each goes into planning and compiling it, which takes one core.
 */
final class ReportReader {

    private static final int QUERIES_AT_ONCE = 4;

    private final Lake lake;
    private final Window window;
    private final Map<TableContract, Long> snapshots = new HashMap<>();

    private ReportReader(Lake lake, Window window, Publication publication) {
        this.lake = lake;
        this.window = window;
        for (TableContract mart : GoldTables.ALL) {
            snapshots.put(mart, publication.input(mart, "the job that builds it", window));
        }
    }

    /** Reads everything; the snapshots are recorded as inputs of {@code publication}. */
    static ReportData read(Lake lake, String runId, Window window, Publication publication, Progress progress) {
        ReportReader reader = new ReportReader(lake, window, publication);
        progress.step("aggregate customers and sales, and reconcile", 0);
        Dataset<Row> members = ReportFigures.members(reader.covered(GoldTables.SALES_BY_CUSTOMER))
                .persist();
        ExecutorService queries = Executors.newFixedThreadPool(QUERIES_AT_ONCE);
        try {
            return reader.read(runId, members, queries);
        } finally {
            queries.shutdownNow();
            members.unpersist();
        }
    }

    private ReportData read(String runId, Dataset<Row> members, ExecutorService queries) {
        List<String> runs = runs();
        Future<ReportSection> ofMonths = begin(queries, () -> ReportFigures.months(monthsUntilEnd()));
        Future<List<ReportData.Stage>> stages = queries.submit(() -> reconciliation(runs));
        Future<List<ReportOverview>> overview = queries.submit(
                () -> ReportOverview.of(ReportFigures.totals(wholePeriod()), ReportFigures.memberTotals(members)));
        Future<ReportSection> overlap = begin(queries, () -> ReportFigures.overlap(members));
        Future<ReportSection> placeCustomers = begin(queries, () -> ReportFigures.placeCustomers(members));
        Future<ReportSection> placeNames = begin(queries, () -> ReportFigures.placeNames(members));
        Future<ReportSection> hours = begin(queries, () -> ReportFigures.hours(covered(GoldTables.SALES_BY_DATETIME)));
        Future<ReportSection> ages = begin(queries, () -> ReportFigures.ages(covered(GoldTables.SALES_BY_AGE_PRODUCT)));
        Future<ReportSection> places =
                begin(queries, () -> ReportFigures.places(covered(GoldTables.SALES_BY_RESIDENCE)));
        Future<ReportSection> products =
                begin(queries, () -> ReportFigures.products(covered(GoldTables.SALES_BY_PRODUCT)));
        ReportSection months = end(ofMonths);
        List<String> covered = monthsCovered(months);
        Future<ReportSection> days = begin(queries, () -> {
            Dataset<Row> byDatetime = covered(GoldTables.SALES_BY_DATETIME);
            return ReportFigures.days(covered.size() == 1 ? byDatetime : byDatetime.where(lit(false)));
        });
        return new ReportData(
                runId,
                runs,
                window.toString(),
                covered.isEmpty() ? null : covered.get(0),
                covered.isEmpty() ? null : covered.get(covered.size() - 1),
                ReportData.seoulTime(Instant.now()),
                end(overview),
                months,
                end(days),
                end(hours),
                end(ages),
                end(places),
                end(placeCustomers),
                end(placeNames),
                end(overlap),
                end(products),
                end(stages));
    }

    private static Future<ReportSection> begin(ExecutorService queries, Supplier<Dataset<Row>> table) {
        return queries.submit(() -> ReportSection.of(table.get()));
    }

    private static <T> T end(Future<T> query) {
        try {
            return query.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A query of the report failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The report was interrupted", e);
        }
    }

    /** The overview's rows that add up to the months covered. */
    private Dataset<Row> wholePeriod() {
        Dataset<Row> overview = rows(GoldTables.AFFILIATE_OVERVIEW);
        return window.isAll() ? overview.where(col("month").isNull()) : overview.where(inWindow("month"));
    }

    /** Earlier months, too: a month is compared with them. */
    private Dataset<Row> monthsUntilEnd() {
        Column until = window.endDay()
                .map(end -> col("month").lt(lit(Date.valueOf(end))))
                .orElse(lit(true));
        return rows(GoldTables.AFFILIATE_OVERVIEW)
                .where(col("month").isNotNull().and(until));
    }

    private List<String> monthsCovered(ReportSection months) {
        String first = window.firstDay().map(Object::toString).orElse("");
        return months.rows().stream()
                .map(row -> (String) row.get(1))
                .filter(month -> month.compareTo(first) >= 0)
                .distinct()
                .sorted()
                .toList();
    }

    private Dataset<Row> covered(TableContract mart) {
        return rows(mart).where(inWindow(mart.columnNames().contains("month") ? "month" : "purchase_date"));
    }

    private Column inWindow(String date) {
        return Replacement.inWindow(date, window);
    }

    private Dataset<Row> rows(TableContract mart) {
        return lake.read(mart, snapshots.get(mart));
    }

    /** The runs that made the snapshots read; empty where something else made them. */
    private List<String> runs() {
        return snapshots.entrySet().stream()
                .map(read -> Seal.of(lake.find(read.getKey()).orElseThrow().snapshot(read.getValue())))
                .flatMap(Optional::stream)
                .map(seal -> seal.run().id())
                .distinct()
                .sorted()
                .toList();
    }

    private List<ReportData.Stage> reconciliation(List<String> runs) {
        return Optional.of(runs)
                .filter(made -> made.size() == 1)
                .flatMap(made -> PublishedRun.findComplete(lake, made.get(0), window))
                .map(run -> ReportData.Stage.of(Reconciliation.of(lake, run, window)))
                .orElse(List.of());
    }
}
