package io.retaillake.jobs.gold;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Receipts with lines in several months, which the sum of the months' receipts counts several times. They are looked for only
 * where the months' receipt numbers overlap, which the files' statistics tell.
 */
final class RepeatedReceipts {

    /** Beyond so many ranges, a condition costs more than it saves. */
    private static final int MOST_RANGES = 200;

    private RepeatedReceipts() {}

    /** Which rows may belong to such receipts; nothing where there can't be any. */
    static Optional<Column> condition(List<PurchaseFile> files) {
        List<Column> conditions = new ArrayList<>();
        files.stream()
                .collect(groupingBy(PurchaseFile::affiliate, TreeMap::new, byMonth()))
                .forEach((affiliate, months) -> ReceiptRange.shared(months.values())
                        .forEach(range -> conditions.add(
                                col("affiliate").equalTo(affiliate).and(range.contains(col("receipt_no"))))));
        return conditions.size() > MOST_RANGES
                ? Optional.of(lit(true))
                : conditions.stream().reduce(Column::or);
    }

    private static Collector<PurchaseFile, ?, Map<YearMonth, ReceiptRange>> byMonth() {
        return toMap(PurchaseFile::month, PurchaseFile::receipts, ReceiptRange::span);
    }

    /**
     * What to add to an affiliate's receipts of all months: minus one for every month that a receipt is in beyond its first. Costs a
     * shuffle of a row per receipt and month.
     */
    static Map<String, Long> corrections(Dataset<Row> purchases) {
        return purchases
                .select(Measures.columns(Measures.monthlyBy("receipt_no")))
                .distinct()
                .groupBy("affiliate", "receipt_no")
                .agg(lit(1).minus(count(lit(1))).as(Measures.RECEIPTS))
                .groupBy("affiliate")
                .agg(sum(Measures.RECEIPTS))
                .collectAsList()
                .stream()
                .collect(toMap(row -> row.getString(0), row -> row.getLong(1)));
    }
}
