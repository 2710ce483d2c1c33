package io.retaillake.common.purchases;

import java.math.BigDecimal;

/**
 * What is counted of a set of purchases, in the source and in bronze alike.
 *
 * @param rows all rows
 * @param nullAmounts rows without an amount
 * @param nanAmounts rows whose amount is not a number
 * @param infiniteAmounts rows whose amount is infinite
 * @param outOfRangeAmounts rows whose finite amount decimal(15,2) can't hold
 * @param amount sum of the other amounts, each rounded half up to two digits, in KRW
 */
public record Totals(
        long rows, long nullAmounts, long nanAmounts, long infiniteAmounts, long outOfRangeAmounts, BigDecimal amount) {

    /** Of no row. */
    public static final Totals NONE = new Totals(0, 0, 0, 0, 0, BigDecimal.ZERO.setScale(2));

    public Totals {
        amount = amount == null ? BigDecimal.ZERO.setScale(2) : amount.setScale(2);
    }

    /** The sum of both. */
    public Totals plus(Totals other) {
        return new Totals(
                rows + other.rows,
                nullAmounts + other.nullAmounts,
                nanAmounts + other.nanAmounts,
                infiniteAmounts + other.infiniteAmounts,
                outOfRangeAmounts + other.outOfRangeAmounts,
                amount.add(other.amount));
    }

    @Override
    public String toString() {
        String odd = nullAmounts + nanAmounts + infiniteAmounts + outOfRangeAmounts == 0
                ? ""
                : " (amounts null " + nullAmounts + ", NaN " + nanAmounts + ", infinite " + infiniteAmounts
                        + ", out of range " + outOfRangeAmounts + ")";
        return rows + " rows, " + amount.toPlainString() + " KRW" + odd;
    }
}
