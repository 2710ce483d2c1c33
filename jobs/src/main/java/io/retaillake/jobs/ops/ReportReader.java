package io.retaillake.jobs.ops;

import io.retaillake.common.contract.GoldTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.Progress;
import io.retaillake.common.job.Window;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Publication;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads from gold what a report shows: the snapshots that its run published, else the current ones. */
final class ReportReader {

    private ReportReader() {}

    /** Reads everything; the snapshots are recorded as inputs of {@code publication}. */
    static ReportData read(Lake lake, String runId, Window window, Publication publication, Progress progress) {
        Marts marts = new Marts(lake, window, mart -> publication.input(mart, "the job that builds it", window));
        OverviewSales overview = new OverviewSales(window);
        SalesBy days = new SalesBy("affiliate", "purchase_date");
        SalesBy hours = new SalesBy("affiliate", "day_of_week", "purchase_hour");
        SalesBy ages = new SalesBy("affiliate", "main_category_desc", "age_group");
        SalesBy places = new SalesBy("affiliate", "province_city", "city_county");
        SalesBy products = new SalesBy(
                "affiliate",
                "division_cd",
                "main_category_cd",
                "sub_category_cd",
                "main_category_desc",
                "sub_category_desc");
        Members members = new Members();
        progress.step("aggregate customers and sales, and reconcile", 0, marts::rowsRead);
        Map<TableContract, Sales> totals = marts.read(Map.of(
                GoldTables.AFFILIATE_OVERVIEW, List.of(overview),
                GoldTables.SALES_BY_DATETIME, List.of(days, hours),
                GoldTables.SALES_BY_AGE_PRODUCT, List.of(ages),
                GoldTables.SALES_BY_RESIDENCE, List.of(places),
                GoldTables.SALES_BY_PRODUCT, List.of(products),
                GoldTables.SALES_BY_CUSTOMER, List.of(members)));
        List<String> covered = overview.monthsCovered();
        List<String> runs = marts.runs();
        return new ReportData(
                runId,
                runs,
                window.toString(),
                covered.isEmpty() ? null : covered.get(0),
                covered.isEmpty() ? null : covered.get(covered.size() - 1),
                ReportData.seoulTime(Instant.now()),
                ReportOverview.of(overview.affiliates(), members),
                overview.months().section(),
                covered.size() == 1 ? days.section() : ReportSection.of(days.key(), Map.of()),
                hours.section(),
                ReportFigures.ages(ages),
                places.section(),
                members.placeCustomers(),
                members.placeNames(),
                members.overlap(),
                ReportFigures.products(products),
                reconciliation(lake, runs, window, totals));
    }

    private static List<ReportData.Stage> reconciliation(
            Lake lake, List<String> runs, Window window, Map<TableContract, Sales> totals) {
        return Optional.of(runs)
                .filter(made -> made.size() == 1)
                .flatMap(made -> PublishedRun.findComplete(lake, made.get(0), window))
                .map(run -> ReportData.Stage.of(Reconciliation.of(run, totals)))
                .orElse(List.of());
    }
}
