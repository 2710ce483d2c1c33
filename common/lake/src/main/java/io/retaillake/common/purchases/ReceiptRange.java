package io.retaillake.common.purchases;

import static org.apache.spark.sql.functions.lit;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.apache.iceberg.types.Comparators;
import org.apache.spark.sql.Column;

/**
 * Receipt numbers between two, which are included. Their order is that of their UTF-8 bytes, by which Iceberg and Spark
 * compare text.
 *
 * @param first null where nothing is known of the smallest
 * @param last null where nothing is known of the greatest
 */
public record ReceiptRange(String first, String last) implements Serializable {

    /** All numbers. */
    static final ReceiptRange ALL = new ReceiptRange(null, null);

    private static final Comparator<CharSequence> ORDER = Comparators.charSequences();
    private static final Comparator<String> FIRST = Comparator.nullsFirst(ORDER);
    private static final Comparator<String> LAST = Comparator.nullsLast(ORDER);

    /** Ranges by where they begin. */
    static final Comparator<ReceiptRange> BY_FIRST = Comparator.comparing(ReceiptRange::first, FIRST);

    /** The smallest range with all numbers of both. */
    ReceiptRange span(ReceiptRange other) {
        return new ReceiptRange(
                FIRST.compare(first, other.first) <= 0 ? first : other.first,
                LAST.compare(last, other.last) >= 0 ? last : other.last);
    }

    /** The ranges of the numbers that are in two or more of {@code ranges}, ascending and apart from each other. */
    static List<ReceiptRange> shared(Collection<ReceiptRange> ranges) {
        List<ReceiptRange> ascending = ranges.stream().sorted(BY_FIRST).toList();
        List<ReceiptRange> shared = new ArrayList<>();
        ReceiptRange before = null;
        for (ReceiptRange range : ascending) {
            if (before != null && range.beginsIn(before)) {
                String last = LAST.compare(range.last, before.last) <= 0 ? range.last : before.last;
                addTo(shared, new ReceiptRange(range.first, last));
            }
            before = before == null ? range : before.span(range);
        }
        return shared;
    }

    private static void addTo(List<ReceiptRange> apart, ReceiptRange next) {
        int lastIndex = apart.size() - 1;
        if (lastIndex >= 0 && next.beginsIn(apart.get(lastIndex))) {
            apart.set(lastIndex, apart.get(lastIndex).span(next));
        } else {
            apart.add(next);
        }
    }

    /** Whether this range, which doesn't begin before {@code other}, begins within it. */
    private boolean beginsIn(ReceiptRange other) {
        return first == null || other.last == null || ORDER.compare(first, other.last) <= 0;
    }

    /** Whether a number may be in both. */
    boolean touches(ReceiptRange other) {
        return BY_FIRST.compare(this, other) >= 0 ? beginsIn(other) : other.beginsIn(this);
    }

    /** Whether all numbers of {@code other} are in this range. */
    boolean contains(ReceiptRange other) {
        return FIRST.compare(first, other.first) <= 0 && LAST.compare(last, other.last) >= 0;
    }

    /** Whether {@code receipt} is in this range. */
    Column contains(Column receipt) {
        Column fromFirst = first == null ? lit(true) : receipt.geq(first);
        return last == null ? fromFirst : fromFirst.and(receipt.leq(last));
    }
}
