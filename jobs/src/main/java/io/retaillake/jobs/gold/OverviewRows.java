package io.retaillake.jobs.gold;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;

/** The rows of {@code gold.affiliate_overview}: each affiliate's months, and its whole period, which adds up from them. */
final class OverviewRows {

    private OverviewRows() {}

    /**
     * By affiliate and month, the whole period last. A task has the customers of all of an affiliate's months one after the other,
     * so that only different ones are in memory.
     *
     * @param months of each affiliate
     * @param corrections what to add to an affiliate's receipts of all months to have different ones
     */
    static List<Row> of(JavaRDD<OverviewMeasures> months, Map<String, Long> corrections) {
        List<Row> rows = months.keyBy(OverviewMeasures::affiliate)
                .partitionBy(new HashPartitioner(months.context().defaultParallelism()))
                .values()
                .mapPartitions(figures -> rows(figures, corrections))
                .collect();
        return rows.stream()
                .sorted(comparing((Row row) -> row.getString(0))
                        .thenComparing(row -> row.getDate(1), nullsLast(naturalOrder())))
                .toList();
    }

    private static Iterator<Row> rows(Iterator<OverviewMeasures> months, Map<String, Long> corrections) {
        List<Row> rows = new ArrayList<>();
        Map<String, OverviewMeasures> wholePeriods = new TreeMap<>();
        months.forEachRemaining(month -> {
            rows.add(month.row());
            wholePeriods.compute(month.affiliate(), (affiliate, before) -> {
                OverviewMeasures sum = before == null
                        ? OverviewMeasures.none(affiliate, corrections.getOrDefault(affiliate, 0L))
                        : before;
                return sum.plus(month);
            });
        });
        wholePeriods.values().forEach(whole -> rows.add(whole.row()));
        return rows.iterator();
    }
}
