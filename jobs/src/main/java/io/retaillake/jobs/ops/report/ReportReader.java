package io.retaillake.jobs.ops.report;

import static io.retaillake.common.contract.GoldTables.AFFILIATE_OVERVIEW;
import static io.retaillake.common.contract.GoldTables.SALES_BY_AGE_PRODUCT;
import static io.retaillake.common.contract.GoldTables.SALES_BY_CUSTOMER;
import static io.retaillake.common.contract.GoldTables.SALES_BY_DATETIME;
import static io.retaillake.common.contract.GoldTables.SALES_BY_PRODUCT;
import static io.retaillake.common.contract.GoldTables.SALES_BY_RESIDENCE;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.Window;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.Seal;
import io.retaillake.common.registry.TableDefinition;
import io.retaillake.common.run.Progress;
import io.retaillake.common.sales.SalesBy;
import io.retaillake.common.sqltable.LakeTables;
import io.retaillake.jobs.ops.verify.Marts;
import io.retaillake.jobs.ops.verify.OverviewSales;
import io.retaillake.jobs.ops.verify.PublishedRun;
import io.retaillake.jobs.ops.verify.Reconciliation;
import io.retaillake.jobs.ops.verify.RejectedRows;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads from gold what a report shows: the snapshots that its run published, else the current ones, each once. */
final class ReportReader {

    private static final List<String> DAY = List.of("affiliate", "purchase_date");
    private static final List<String> HOUR = List.of("affiliate", "day_of_week", "purchase_hour");
    private static final List<String> PLACE = List.of("affiliate", "province_city", "city_county");
    private static final Map<TableContract, List<String>> COLUMNS = Map.of(
            SALES_BY_DATETIME, List.of("affiliate", "purchase_date", "day_of_week", "purchase_hour"),
            SALES_BY_PRODUCT, ReportTopRows.PRODUCT,
            SALES_BY_AGE_PRODUCT, ReportTopRows.AGE,
            SALES_BY_RESIDENCE, PLACE,
            SALES_BY_CUSTOMER, DistinctCustomers.COLUMNS);

    private ReportReader() {}

    /** The marts that the page has a picture for, and of the others, for the reconciliation, those of the same runs. */
    private static List<TableDefinition> shown(Lake lake, String runId, Window window) {
        Map<Boolean, List<TableDefinition>> marts =
                Marts.addingUp(LakeTables.of(lake).registry().tables(), window).stream()
                        .collect(Collectors.partitioningBy(mart -> isPictured(mart.contract())));
        Set<String> runs = marts.get(true).stream()
                .flatMap(mart -> madeBy(lake, mart, runId).stream())
                .collect(Collectors.toSet());
        Stream<TableDefinition> others = marts.get(false).stream()
                .filter(mart -> madeBy(lake, mart, runId).filter(runs::contains).isPresent());
        return Stream.concat(marts.get(true).stream(), others).toList();
    }

    private static boolean isPictured(TableContract mart) {
        return COLUMNS.containsKey(mart) || mart.equals(AFFILIATE_OVERVIEW);
    }

    /** The run that made what is shown of a mart: this one, else the last. */
    private static Optional<String> madeBy(Lake lake, TableDefinition mart, String runId) {
        return lake.find(mart.contract())
                .flatMap(table -> Publication.sealOf(table, runId)
                        .or(() -> Optional.ofNullable(table.currentSnapshot()).flatMap(Seal::of))
                        .map(seal -> seal.run().id()));
    }

    /** Reads everything; the snapshots are recorded as inputs of {@code publication}. */
    static ReportData read(Lake lake, String runId, Window window, Publication publication, Progress progress) {
        Marts marts = new Marts(
                lake,
                window,
                shown(lake, runId, window),
                mart -> publication.input(mart, "the job that builds it", window));
        progress.step("aggregate customers and sales, and reconcile", 0, marts::rowsRead);
        OverviewSales overview = marts.overview();
        List<String> covered = overview.monthsCovered();
        Map<TableContract, SalesBy> sales = marts.sales(mart -> COLUMNS.getOrDefault(mart, List.of()));
        ReportTables tables = new ReportTables(lake, publication);
        SalesBy byDatetime = sales.get(SALES_BY_DATETIME);
        DistinctCustomers members = DistinctCustomers.of(sales.get(SALES_BY_CUSTOMER));
        List<String> runs = marts.runs();
        Optional<PublishedRun> run =
                runs.size() == 1 ? PublishedRun.findComplete(lake, runs.get(0), window) : Optional.empty();
        return new ReportData(
                runId,
                runs,
                window.toString(),
                covered.isEmpty() ? null : covered.get(0),
                covered.isEmpty() ? null : covered.get(covered.size() - 1),
                ReportData.seoulTime(Instant.now()),
                ReportOverview.of(overview.affiliates(), members),
                ReportSection.of(List.of("affiliate", "month"), overview.months()),
                ReportSection.of(DAY, covered.size() == 1 ? byDatetime.by(DAY) : Map.of()),
                ReportSection.of(HOUR, byDatetime.by(HOUR)),
                ReportTopRows.ages(sales.get(SALES_BY_AGE_PRODUCT).by(ReportTopRows.AGE)),
                ReportSection.of(PLACE, sales.get(SALES_BY_RESIDENCE).by(PLACE)),
                members.placeCustomers(),
                members.placeNames(),
                members.overlap(),
                ReportTopRows.products(sales.get(SALES_BY_PRODUCT).by(ReportTopRows.PRODUCT)),
                tables.retention(),
                tables.potential(),
                run.map(complete -> ReportData.Stage.of(Reconciliation.of(complete, marts, sales, overview)))
                        .orElse(List.of()),
                run.map(RejectedRows::of).orElse(null));
    }
}
