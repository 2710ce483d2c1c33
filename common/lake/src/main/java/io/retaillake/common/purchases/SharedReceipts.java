package io.retaillake.common.purchases;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import io.retaillake.common.columnar.ColumnDictionary;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iceberg.Table;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Receipts that may have lines in several months, or in several parts of them: all that do are among them, others may be.
 *
 * @param ranges by affiliate, where the ranges of several months or parts overlap
 * @param hashes of the receipts among these; null where the ranges alone tell enough
 */
public record SharedReceipts(Map<String, ReceiptRanges> ranges, RepeatedHashes hashes) implements Serializable {

    /** There are none. */
    public static final SharedReceipts NONE = new SharedReceipts(Map.of(), null);

    /** Beyond so many ranges, a condition costs more than it saves. */
    private static final int MOST_IN_A_CONDITION = 200;

    /** Where more of the rows than one in so many are in ranges, their receipts are worth to be read. */
    private static final int FEW = 10;

    /** Those of several months, by the files' statistics. Reads none. */
    public static SharedReceipts ofMonths(List<PurchaseFile> files) {
        return of(files.stream()
                .collect(toMap(PurchaseFile::affiliateMonth, PurchaseFile::receipts, ReceiptRange::span))
                .entrySet()
                .stream()
                .collect(groupingBy(month -> month.getKey().affiliate(), mapping(Map.Entry::getValue, toList()))));
    }

    /** Those of several parts, of the same month or of others, by the files' statistics. Reads none. */
    public static SharedReceipts ofParts(List<PurchasePart> parts) {
        return of(
                parts.stream().collect(groupingBy(PurchasePart::affiliate, mapping(PurchasePart::receipts, toList()))));
    }

    private static SharedReceipts of(Map<String, List<ReceiptRange>> ranges) {
        return new SharedReceipts(
                ranges.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                affiliate -> ReceiptRanges.shared(affiliate.getValue()),
                                (one, other) -> one,
                                TreeMap::new)),
                null);
    }

    /**
     * The same; or fewer, where the ranges spare little, as where receipt numbers don't ascend with time: then each part's
     * receipts are read and compared by a 64-bit hash, at the cost of a scan of one column and a shuffle of eight bytes a receipt.
     *
     * <p>A receipt whose lines are far apart in one part may be among them as well.
     *
     * @param purchases the table {@code silver.purchases}
     * @param parts all rows that such receipts may be in
     */
    public SharedReceipts narrowed(JavaSparkContext context, Broadcast<Table> purchases, List<PurchasePart> parts) {
        long rows = parts.stream().mapToLong(PurchasePart::rows).sum();
        long inside = parts.stream()
                .filter(part -> ranges.get(part.affiliate()).contain(part.receipts()))
                .mapToLong(PurchasePart::rows)
                .sum();
        return inside > rows / FEW || areMany()
                ? new SharedReceipts(
                        ranges,
                        RepeatedHashes.find(
                                PartTasks.of(context, parts).flatMap(part -> ReceiptHashes.of(purchases.value(), part)),
                                rows))
                : this;
    }

    /** Whether there are none. */
    public boolean areNone() {
        return ranges.values().stream().allMatch(ReceiptRanges::areNone) || (hashes != null && hashes.isEmpty());
    }

    private boolean areMany() {
        return ranges.values().stream().mapToInt(ReceiptRanges::size).sum() > MOST_IN_A_CONDITION;
    }

    /** Which rows belong to them; nothing where there are none. */
    public Optional<Column> condition() {
        if (areNone()) {
            return Optional.empty();
        }
        Column inRanges = areMany()
                ? lit(true)
                : ranges.entrySet().stream()
                        .flatMap(affiliate -> condition(affiliate.getKey(), affiliate.getValue()).stream())
                        .reduce(Column::or)
                        .orElseThrow();
        return Optional.of(hashes == null ? inRanges : inRanges.and(mayBeOneOf(hashes)));
    }

    private static Optional<Column> condition(String affiliate, ReceiptRanges ranges) {
        return ranges.contain(col(PurchaseFile.RECEIPT))
                .map(contain -> col("affiliate").equalTo(affiliate).and(contain));
    }

    private static Column mayBeOneOf(RepeatedHashes hashes) {
        UDF2<String, String, Boolean> mayBeOne = (affiliate, receipt) -> hashes.mayContain(
                ReceiptHashes.of(UTF8String.fromString(receipt), ReceiptHashes.ofAffiliate(affiliate)));
        return udf(mayBeOne, DataTypes.BooleanType).apply(col("affiliate"), col(PurchaseFile.RECEIPT));
    }

    /** Whether a part may have any of them. */
    public boolean mayBeIn(PurchasePart part) {
        return ranges.get(part.affiliate()).touch(part.receipts());
    }

    /** Which of an affiliate's receipts that are being read are among them. */
    public SharedReceiptCodes codes(String affiliate, ColumnDictionary receipts) {
        ReceiptRanges ofAffiliate = ranges.get(affiliate);
        if (ofAffiliate == null || areNone()) {
            return new SharedReceiptCodes();
        }
        long seed = ReceiptHashes.ofAffiliate(affiliate);
        return new SharedReceiptCodes(
                receipts,
                receipt -> ofAffiliate.contain(receipt)
                        && (hashes == null || hashes.mayContain(ReceiptHashes.of(receipt, seed))));
    }
}
