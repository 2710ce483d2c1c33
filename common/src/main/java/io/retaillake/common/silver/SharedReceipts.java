package io.retaillake.common.silver;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collector;
import org.apache.spark.sql.Column;

/** Receipts that may have lines in several months, for the months' receipt numbers overlap there: the files' statistics tell. */
public final class SharedReceipts {

    /** Beyond so many ranges, a condition costs more than it saves. */
    private static final int MOST_RANGES = 200;

    private SharedReceipts() {}

    /** Which rows of the files may belong to such receipts; nothing where there can't be any. Reads no file. */
    public static Optional<Column> condition(List<PurchaseFile> files) {
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
}
