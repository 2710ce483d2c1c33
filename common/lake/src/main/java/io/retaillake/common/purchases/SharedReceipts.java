package io.retaillake.common.purchases;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collector;
import org.apache.spark.sql.Column;

/**
 * Receipts that may have lines in several months, for the months' receipt numbers overlap there: the files' statistics tell.
 *
 * @param ranges by affiliate, ascending and apart from each other
 */
record SharedReceipts(Map<String, List<ReceiptRange>> ranges) {

    /** Beyond so many ranges, a condition costs more than it saves. */
    private static final int MOST_RANGES = 200;

    /** Those of the files. Reads none. */
    static SharedReceipts of(List<PurchaseFile> files) {
        return new SharedReceipts(files.stream()
                .collect(groupingBy(
                        PurchaseFile::affiliate,
                        TreeMap::new,
                        collectingAndThen(byMonth(), months -> ReceiptRange.shared(months.values())))));
    }

    private static Collector<PurchaseFile, ?, Map<YearMonth, ReceiptRange>> byMonth() {
        return toMap(PurchaseFile::month, PurchaseFile::receipts, ReceiptRange::span);
    }

    /** Which rows of the files may belong to such receipts; nothing where there can't be any. */
    Optional<Column> condition() {
        return areMany()
                ? Optional.of(lit(true))
                : ranges.entrySet().stream()
                        .flatMap(affiliate ->
                                affiliate.getValue().stream().map(range -> contains(affiliate.getKey(), range)))
                        .reduce(Column::or);
    }

    private static Column contains(String affiliate, ReceiptRange range) {
        return col("affiliate").equalTo(affiliate).and(range.contains(col(PurchaseFile.RECEIPT)));
    }

    private boolean areMany() {
        return ranges.values().stream().mapToInt(List::size).sum() > MOST_RANGES;
    }

    /** Whether the condition spares little: all receipts of one of the files may be such, or the ranges are too many for one. */
    boolean spareLittle(List<PurchaseFile> files) {
        return areMany()
                || files.stream()
                        .anyMatch(file -> ranges.get(file.affiliate()).stream()
                                .anyMatch(range -> range.contains(file.receipts())));
    }
}
