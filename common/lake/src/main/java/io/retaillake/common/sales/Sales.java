package io.retaillake.common.sales;

import java.math.BigDecimal;

/**
 * What some rows of a mart come to.
 *
 * @param amount sum of the purchases' amounts, in KRW
 * @param purchases purchase lines
 */
public record Sales(BigDecimal amount, long purchases) {

    /** Of no row. */
    public static final Sales NONE = new Sales(BigDecimal.ZERO, 0);

    public Sales plus(Sales other) {
        return new Sales(amount.add(other.amount), purchases + other.purchases);
    }
}
