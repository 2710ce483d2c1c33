package io.retaillake.common.amount;

import java.math.BigDecimal;
import java.math.BigInteger;

/** A sum of hundredths of a won, exact whatever it comes to. */
public final class CentsSum {

    private BigInteger carried = BigInteger.ZERO;
    private long sum;

    /** Adds one amount. */
    public void add(long cents) {
        long next = sum + cents;
        if (((sum ^ next) & (cents ^ next)) < 0) {
            carried = carried.add(BigInteger.valueOf(sum));
            next = cents;
        }
        sum = next;
    }

    /** The sum in KRW. */
    public BigDecimal won() {
        return new BigDecimal(carried.add(BigInteger.valueOf(sum)), KrwAmounts.TYPE.scale());
    }
}
