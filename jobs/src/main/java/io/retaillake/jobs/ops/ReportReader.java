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
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Reads from gold what a report shows: the snapshots that its run published, else the current ones. */
final class ReportReader {

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
        progress.step("aggregate the customers", 0);
        Dataset<Row> members = ReportFigures.members(reader.covered(GoldTables.SALES_BY_CUSTOMER))
                .persist();
        try {
            return reader.read(runId, members, progress);
        } finally {
            members.unpersist();
        }
    }

    private ReportData read(String runId, Dataset<Row> members, Progress progress) {
        ReportSection overlap = ReportSection.of(ReportFigures.overlap(members));
        ReportSection placeCustomers = ReportSection.of(ReportFigures.placeCustomers(members));
        ReportSection placeNames = ReportSection.of(ReportFigures.placeNames(members));
        List<ReportOverview> overview =
                ReportOverview.of(ReportFigures.totals(wholePeriod()), ReportFigures.memberTotals(members));

        progress.step("aggregate the sales", 0);
        ReportSection months = ReportSection.of(ReportFigures.months(monthsUntilEnd()));
        List<String> covered = monthsCovered(months);
        Dataset<Row> byDatetime = covered(GoldTables.SALES_BY_DATETIME);
        Dataset<Row> ofDays = covered.size() == 1 ? byDatetime : byDatetime.where(lit(false));
        ReportSection days = ReportSection.of(ReportFigures.days(ofDays));
        ReportSection hours = ReportSection.of(ReportFigures.hours(byDatetime));
        ReportSection ages = ReportSection.of(ReportFigures.ages(covered(GoldTables.SALES_BY_AGE_PRODUCT)));
        ReportSection places = ReportSection.of(ReportFigures.places(covered(GoldTables.SALES_BY_RESIDENCE)));
        ReportSection products = ReportSection.of(ReportFigures.products(covered(GoldTables.SALES_BY_PRODUCT)));

        progress.step("reconcile", 0);
        List<String> runs = runs();
        return new ReportData(
                runId,
                runs,
                window.toString(),
                covered.isEmpty() ? null : covered.get(0),
                covered.isEmpty() ? null : covered.get(covered.size() - 1),
                ReportData.seoulTime(Instant.now()),
                overview,
                months,
                days,
                hours,
                ages,
                places,
                placeCustomers,
                placeNames,
                overlap,
                products,
                reconciliation(runs));
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
