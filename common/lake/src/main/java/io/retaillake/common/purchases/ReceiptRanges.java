package io.retaillake.common.purchases;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.unsafe.types.UTF8String;

/** Ranges of receipt numbers, ascending and apart from each other. */
public final class ReceiptRanges implements Serializable {

    private static final long serialVersionUID = 1;

    private final List<ReceiptRange> ranges;
    private final UTF8String[] firsts;
    private final UTF8String[] lasts;

    private ReceiptRanges(List<ReceiptRange> ranges) {
        this.ranges = List.copyOf(ranges);
        firsts = ranges.stream()
                .map(range -> UTF8String.fromString(range.first()))
                .toArray(UTF8String[]::new);
        lasts = ranges.stream()
                .map(range -> UTF8String.fromString(range.last()))
                .toArray(UTF8String[]::new);
    }

    /** The ranges of the numbers that are in two or more of {@code ranges}. */
    static ReceiptRanges shared(Collection<ReceiptRange> ranges) {
        return new ReceiptRanges(ReceiptRange.shared(ranges));
    }

    /** How many there are. */
    int size() {
        return ranges.size();
    }

    /** Whether there are none. */
    boolean areNone() {
        return ranges.isEmpty();
    }

    /** Whether {@code receipt} is in one of them. */
    boolean contain(UTF8String receipt) {
        int before = -1;
        int after = firsts.length;
        while (after - before > 1) {
            int middle = (before + after) >>> 1;
            if (firsts[middle] == null || firsts[middle].compareTo(receipt) <= 0) {
                before = middle;
            } else {
                after = middle;
            }
        }
        return before >= 0 && (lasts[before] == null || receipt.compareTo(lasts[before]) <= 0);
    }

    /** Whether one of them has all numbers of {@code other}. */
    boolean contain(ReceiptRange other) {
        return ranges.stream().anyMatch(range -> range.contains(other));
    }

    /** Whether one of them may have a number in common with {@code other}. */
    boolean touch(ReceiptRange other) {
        return ranges.stream().anyMatch(range -> range.touches(other));
    }

    /** Whether {@code receipt} is in one of them; nothing where there are none. */
    Optional<Column> contain(Column receipt) {
        return ranges.stream().map(range -> range.contains(receipt)).reduce(Column::or);
    }
}
