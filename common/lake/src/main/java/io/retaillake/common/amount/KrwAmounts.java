package io.retaillake.common.amount;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.retaillake.common.spark.SparkInternals;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.catalyst.expressions.MakeDecimal;
import org.apache.spark.sql.catalyst.expressions.UnscaledValue;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/**
 * The source's {@code double precision} amounts as exact decimals of the type {@code decimal(15,2)}: the shortest decimal
 * text that reads back as the same double, rounded half up to two digits. PostgreSQL's {@code round(amount::text::numeric, 2)}
 * is the same number.
 */
public final class KrwAmounts {

    /** The type of a single amount, in KRW. */
    public static final DecimalType TYPE = DataTypes.createDecimalType(15, 2);

    /** The type of a total, in KRW. */
    public static final DecimalType TOTAL = DataTypes.createDecimalType(18, 2);

    private static final double RANGE_END = 1e13;
    private static final long MOST_CENTS = 999_999_999_999_999L;
    private static final int CENTS_PER_WON = 100;
    private static final int MOST_SIGNIFICANT_DIGITS = 17;
    private static final int LOW_BITS = 32;
    private static final long LOW_MASK = (1L << LOW_BITS) - 1;
    private static final UserDefinedFunction EXACT_CENTS =
            udf((UDF1<Double, Long>) KrwAmounts::cents, DataTypes.LongType);

    private KrwAmounts() {}

    /**
     * A double as a whole number of hundredths of a won; null for null, NaN, ±Infinity, and what decimal(15,2) can't hold.
     *
     * <p>An amount of at most two decimals, which is nearly every one, costs a multiplication and a comparison: if the
     * nearest hundredths give the same double back, they are its decimal text, because no two decimals of up to 15 digits
     * share a double.
     */
    public static Column cents(Column amount) {
        Column hundredths = rint(amount.multiply(CENTS_PER_WON));
        return when(
                abs(amount).lt(RANGE_END),
                when(hundredths.divide(CENTS_PER_WON).equalTo(amount), hundredths.cast(DataTypes.LongType))
                        .otherwise(EXACT_CENTS.apply(amount)));
    }

    /** Hundredths of a won, as from {@link #cents}, as {@link #TYPE}. */
    public static Column fromCents(Column cents) {
        return SparkInternals.column(
                new MakeDecimal(SparkInternals.expression(cents), TYPE.precision(), TYPE.scale(), true));
    }

    /**
     * The sum of hundredths of a won, as decimal(28,2); null over no value. It adds two longs a row, where a decimal sum
     * would make an object, and can't overflow below two billion rows.
     */
    public static Column sumOfCents(Column cents) {
        Column high = functions.sum(functions.shiftright(cents, LOW_BITS));
        Column low = functions.sum(cents.bitwiseAND(lit(LOW_MASK)));
        Column total = high.cast("decimal(19,0)")
                .multiply(lit(new BigDecimal(1L << LOW_BITS)))
                .plus(low.cast("decimal(19,0)"));
        return total.cast("decimal(30,0)")
                .divide(lit(new BigDecimal(CENTS_PER_WON)))
                .cast("decimal(28,2)");
    }

    /** An amount of {@link #TYPE} as hundredths of a won. */
    public static Column toCents(Column amount) {
        return SparkInternals.column(new UnscaledValue(SparkInternals.expression(amount)));
    }

    /**
     * The sum of hundredths of a won as decimal(18,2); null where that can't hold it, and over no value. Unlike {@link
     * #sumOfCents} it makes no object but the result, so it suits sums over many groups.
     */
    public static Column totalOfCents(Column cents) {
        Column high = functions.sum(functions.shiftright(cents, LOW_BITS));
        Column low = functions.sum(cents.bitwiseAND(lit(LOW_MASK)));
        Column approximate = high.cast(DataTypes.DoubleType)
                .multiply((double) (1L << LOW_BITS))
                .plus(low);
        Column exact = functions.shiftleft(high, LOW_BITS).plus(low);
        Column total = when(abs(approximate).lt((double) Long.MAX_VALUE / 2), exact);
        return SparkInternals.column(
                new MakeDecimal(SparkInternals.expression(total), TOTAL.precision(), TOTAL.scale(), true));
    }

    /** What {@link #cents(Column)} computes, for any double. */
    public static Long cents(Double amount) {
        if (amount == null || !(Math.abs(amount) < RANGE_END)) {
            return null;
        }
        double hundredths = Math.rint(amount * CENTS_PER_WON);
        if (hundredths / CENTS_PER_WON == amount) {
            return (long) hundredths;
        }
        long cents = shortestDecimal(amount)
                .setScale(TYPE.scale(), RoundingMode.HALF_UP)
                .unscaledValue()
                .longValueExact();
        return Math.abs(cents) > MOST_CENTS ? null : Long.valueOf(cents);
    }

    /** The shortest decimal that reads back as {@code value}; Double.toString gives longer ones before Java 19. */
    private static BigDecimal shortestDecimal(double value) {
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 1; digits < MOST_SIGNIFICANT_DIGITS; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == value) {
                return rounded;
            }
        }
        return exact.round(new MathContext(MOST_SIGNIFICANT_DIGITS, RoundingMode.HALF_EVEN));
    }
}
