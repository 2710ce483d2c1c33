package io.retaillake.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the jobs and DuckDB took on each {@link Shape}, as a page. */
final class ShapesPage {

    private static final String SILVER = "silver";
    private static final String GOLD = "gold";
    private static final String BUILD_PURCHASES = "BuildPurchases";
    private static final String SALES_BY_CUSTOMER = "SalesByCustomer";

    private ShapesPage() {}

    /**
     * The page.
     *
     * @param results of each shape, in the order of the page
     * @param failures of those whose run failed: why
     * @param conditions what all were measured with, in words
     */
    static String of(Map<Shape, Results> results, Map<Shape, String> failures, String conditions) {
        Markdown page = new Markdown();
        page.paragraph("# Shapes\n\n" + conditions + " Medians of the rounds; seconds, but for tasks and MiB.");
        page.table(
                "source",
                List.of(
                        "all jobs",
                        "`ExtractPurchases`",
                        "`BuildPurchases`",
                        "marts",
                        "tasks of silver",
                        "of a mart",
                        "peak MiB",
                        "DuckDB, all",
                        "its silver and marts",
                        "ours ÷ DuckDB"));
        results.forEach((shape, measured) -> page.row(shape.title(), columns(measured)));
        failures.forEach((shape, why) -> page.paragraph(shape.title() + ": failed. " + why));
        return page.text();
    }

    private static List<String> columns(Results results) {
        double ours = median(results, Contestant.OURS, Measurement.WHOLE, Measurement.WHOLE);
        double duckDb = median(results, Contestant.DUCKDB, Measurement.WHOLE, Measurement.WHOLE);
        List<String> columns = new ArrayList<>(List.of(
                seconds(ours),
                seconds(median(results, Contestant.OURS, "bronze", "ExtractPurchases")),
                seconds(median(results, Contestant.OURS, SILVER, BUILD_PURCHASES)),
                seconds(sum(results, Contestant.OURS, GOLD)),
                Integer.toString(mostTasks(results, BUILD_PURCHASES)),
                Integer.toString(mostTasks(results, SALES_BY_CUSTOMER)),
                Long.toString(peakMib(results))));
        columns.addAll(
                Double.isNaN(duckDb)
                        ? List.of("", "", "")
                        : List.of(
                                seconds(duckDb),
                                seconds(sum(results, Contestant.DUCKDB, SILVER)
                                        + sum(results, Contestant.DUCKDB, GOLD)),
                                Markdown.number(ours / duckDb, 2)));
        return columns;
    }

    private static String seconds(double seconds) {
        return Markdown.number(seconds, 1);
    }

    private static double sum(Results results, Contestant contestant, String layer) {
        return results.measurements().stream()
                .filter(one -> one.contestant() == contestant && one.layer().equals(layer))
                .map(Measurement::step)
                .distinct()
                .mapToDouble(step -> median(results, contestant, layer, step))
                .sum();
    }

    private static double median(Results results, Contestant contestant, String layer, String step) {
        List<Double> seconds = results.measurements().stream()
                .filter(one -> one.contestant() == contestant
                        && one.layer().equals(layer)
                        && one.step().equals(step))
                .map(Measurement::seconds)
                .toList();
        return seconds.isEmpty() ? Double.NaN : Spread.of(seconds).median();
    }

    private static int mostTasks(Results results, String step) {
        return results.measurements().stream()
                .filter(one -> one.contestant() == Contestant.OURS && one.step().equals(step))
                .mapToInt(Measurement::mostTasks)
                .max()
                .orElse(0);
    }

    private static long peakMib(Results results) {
        return results.measurements().stream()
                        .filter(one -> one.contestant() == Contestant.OURS)
                        .mapToLong(Measurement::peakBytes)
                        .max()
                        .orElse(0)
                >> 20;
    }
}
