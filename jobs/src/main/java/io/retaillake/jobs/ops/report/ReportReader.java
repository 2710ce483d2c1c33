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
import io.retaillake.common.sales.Sales;
import io.retaillake.common.sales.SalesBy;
import io.retaillake.common.sqltable.LakeTables;
import io.retaillake.jobs.ops.verify.Marts;
import io.retaillake.jobs.ops.verify.OverviewSales;
import io.retaillake.jobs.ops.verify.PublishedRun;
import io.retaillake.jobs.ops.verify.Reconciliation;
import io.retaillake.jobs.ops.verify.RejectedRows;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads from gold what a report shows: the snapshots that its run published, else the current ones, each once. */
final class ReportReader {

    private static final List<String> HOUR = List.of("affiliate", "day_of_week", "purchase_hour");
    private static final List<String> PLACE = List.of("affiliate", "province_city", "city_county");
    private static final List<String> DATETIME = List.of("affiliate", "day_of_week", "purchase_hour", "purchase_date");
    private static final List<String> PLACE_AND_MONTH = and(PLACE, "month");
    private static final Map<TableContract, List<String>> COLUMNS = Map.of(
            SALES_BY_DATETIME, DATETIME,
            SALES_BY_PRODUCT, ReportTopRows.PRODUCT,
            SALES_BY_AGE_PRODUCT, ReportTopRows.AGE,
            SALES_BY_RESIDENCE, PLACE_AND_MONTH,
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
        ShownAffiliates affiliates = ShownAffiliates.of(overview);
        Map<TableContract, SalesBy> sales = marts.sales(mart -> COLUMNS.getOrDefault(mart, List.of()));
        COLUMNS.keySet().forEach(mart -> sales.computeIfPresent(mart, (same, read) -> affiliates.in(read)));
        ReportTables tables = new ReportTables(lake, publication, affiliates);
        Map<List<Object>, Sales> byHour = sales.get(SALES_BY_DATETIME).by(DATETIME);
        Map<List<Object>, Sales> byPlace = sales.get(SALES_BY_RESIDENCE).by(PLACE_AND_MONTH);
        SalesBy byAge = sales.get(SALES_BY_AGE_PRODUCT);
        SalesBy byProduct = sales.get(SALES_BY_PRODUCT);
        ReportPeriods periods = ReportPeriods.of(Stream.concat(
                Stream.of(byHour, byPlace).flatMap(DatedKey::days),
                Stream.of(byAge, byProduct).flatMap(read -> read.days("month"))));
        ReportSection ages = ReportTopRows.ages(byAge, periods);
        ReportSection products = ReportTopRows.products(byProduct, periods);
        DistinctCustomers members = DistinctCustomers.of(sales.get(SALES_BY_CUSTOMER));
        List<String> runs = marts.runs();
        Optional<PublishedRun> run =
                runs.size() == 1 ? PublishedRun.findComplete(lake, runs.get(0), window) : Optional.empty();
        List<ReportData.Stage> stages = run.map(
                        complete -> ReportData.Stage.of(Reconciliation.of(complete, marts, sales, overview)))
                .orElse(List.of());
        // All that is known of each customer is not needed any more, and the next step needs room for each.
        sales.remove(SALES_BY_CUSTOMER);
        BuyersByRange buyers = buyers(marts, affiliates, periods, progress);
        return new ReportData(
                runId,
                runs,
                window.toString(),
                covered.isEmpty() ? null : covered.get(0),
                covered.isEmpty() ? null : covered.get(covered.size() - 1),
                DatedKey.days(byHour)
                        .min(Comparator.naturalOrder())
                        .map(LocalDate::toString)
                        .orElse(null),
                DatedKey.days(byHour)
                        .max(Comparator.naturalOrder())
                        .map(LocalDate::toString)
                        .orElse(null),
                ReportData.seoulTime(Instant.now()),
                periods.list(),
                affiliates.others().orElse(null),
                ReportOverview.of(affiliates.in(overview.affiliates()), members),
                months(affiliates.in(overview.months())),
                days(byHour, periods),
                SalesSeries.byPeriod(HOUR, byHour, periods),
                ages,
                SalesSeries.byPeriod(PLACE, byPlace, periods),
                members.placeCustomers(),
                members.placeNames(),
                members.overlap(),
                products,
                EarlierMonths.of(marts, window, affiliates, ages),
                buyers.customers(),
                buyers.sales(),
                LatinNames.of(Stream.concat(ages.rows().stream(), products.rows().stream())
                        .flatMap(List::stream)),
                tables.retention(),
                tables.potential(),
                stages,
                run.map(RejectedRows::of).orElse(null));
    }

    private static List<String> and(List<String> columns, String column) {
        return Stream.concat(columns.stream(), Stream.of(column)).toList();
    }

    /** One row for each affiliate and month, until the end of the months covered. */
    private static ReportSection months(Map<List<Object>, OverviewSales.Affiliate> months) {
        return ReportSection.of(
                List.of("affiliate", "month", "amount", "purchases", "receipts"),
                months.entrySet().stream()
                        .map(month -> List.of(
                                month.getKey().get(0),
                                month.getKey().get(1),
                                month.getValue().sales().amount(),
                                month.getValue().sales().purchases(),
                                month.getValue().receipts())));
    }

    /** One row for each affiliate and month that is a period of its own, with its days. */
    private static ReportSection days(Map<List<Object>, Sales> byHour, ReportPeriods periods) {
        SalesSeries days = new SalesSeries();
        byHour.forEach((key, sales) -> {
            LocalDate day = DatedKey.day(key);
            if (periods.isAlone(YearMonth.from(day))) {
                days.add(
                        List.of(key.get(0), day.withDayOfMonth(1)),
                        day.getDayOfMonth() - 1,
                        day.lengthOfMonth(),
                        sales);
            }
        });
        return days.section(List.of("affiliate", "month"));
    }

    /** Reads the customers' sales again, a month at a time: of all months at once they would be too many. */
    private static BuyersByRange buyers(
            Marts marts, ShownAffiliates affiliates, ReportPeriods periods, Progress progress) {
        BuyersByRange buyers = new BuyersByRange(periods);
        progress.step("count customers from each month to each", 0, marts::rowsRead);
        periods.months()
                .forEach(month -> buyers.add(
                        periods.indexOf(month),
                        affiliates.in(
                                marts.sales(SALES_BY_CUSTOMER, new Window(month, month), BuyersByRange.COLUMNS))));
        return buyers;
    }
}
