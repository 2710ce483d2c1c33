package io.retaillake.jobs.ops;

import java.math.BigDecimal;
import java.util.List;
import org.apache.iceberg.data.Record;

/**
 * What some rows of a mart come to.
 *
 * @param amount sum of the purchases' amounts, in KRW
 * @param purchases purchase lines
 */
record Sales(BigDecimal amount, long purchases) {

    /** Of no row. */
    static final Sales NONE = new Sales(BigDecimal.ZERO, 0);

    /** The columns of every mart that {@link #of} reads. */
    static final List<String> COLUMNS = List.of("total_purchase_amount", "count_of_purchase");

    static Sales of(Record row) {
        return new Sales((BigDecimal) row.getField("total_purchase_amount"), (Long) row.getField("count_of_purchase"));
    }

    Sales plus(Sales other) {
        return new Sales(amount.add(other.amount), purchases + other.purchases);
    }
}
