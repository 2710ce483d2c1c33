package io.retaillake.jobs.ops;

import java.math.BigDecimal;

/**
 * What some rows of a mart come to.
 *
 * @param amount sum of the purchases' amounts, in KRW
 * @param purchases purchase lines
 */
record Sales(BigDecimal amount, long purchases) {

    /** Of no row. */
    static final Sales NONE = new Sales(BigDecimal.ZERO, 0);

    Sales plus(Sales other) {
        return new Sales(amount.add(other.amount), purchases + other.purchases);
    }
}
