package io.retaillake.common.source;

import io.retaillake.common.contract.SourceType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Reads values of PostgreSQL's binary format, as a type's send function writes them. What the lake can't hold is an {@link
 * ArithmeticException}: the extraction has looked for such values before, in the same snapshot.
 */
public final class BinaryValues {

    private static final VarHandle SHORT = bigEndian(short[].class);
    private static final VarHandle INT = bigEndian(int[].class);
    private static final VarHandle LONG = bigEndian(long[].class);

    private static final LocalDate EPOCH = LocalDate.of(2000, 1, 1);
    private static final long EPOCH_MICROSECONDS =
            ChronoUnit.MICROS.between(LocalDate.EPOCH.atStartOfDay(), EPOCH.atStartOfDay());
    private static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();
    private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();
    private static final long FIRST_MICROSECOND = microseconds(FIRST_DAY);
    private static final long END_MICROSECOND = microseconds(LAST_DAY + 1);

    private static final int HEADER_BYTES = 4 * Short.BYTES;
    private static final int DIGITS_IN_A_GROUP = 4;
    private static final long GROUP = 10_000;

    /** As many groups as surely fit into a long. */
    private static final int GROUPS_IN_A_LONG = 4;

    private static final int NEGATIVE = 0x4000;

    private BinaryValues() {}

    /** A smallint, integer or bigint. */
    public static long wholeNumber(byte[] bytes, int start, int length) {
        return switch (length) {
            case Short.BYTES -> (short) SHORT.get(bytes, start);
            case Integer.BYTES -> (int) INT.get(bytes, start);
            default -> (long) LONG.get(bytes, start);
        };
    }

    /** A date in days since 1970. */
    public static int epochDay(byte[] bytes, int start) {
        long day = EPOCH.toEpochDay() + (int) INT.get(bytes, start);
        if (day < FIRST_DAY || day > LAST_DAY) {
            throw new ArithmeticException("A date is infinite or outside the years 1 to 9999");
        }
        return (int) day;
    }

    /** A timestamp, with or without time zone, in microseconds since 1970. */
    public static long epochMicroseconds(byte[] bytes, int start) {
        long since2000 = (long) LONG.get(bytes, start);
        // Infinity is near the ends of long, where the sum would wrap around.
        if (since2000 < FIRST_MICROSECOND - EPOCH_MICROSECONDS || since2000 >= END_MICROSECOND - EPOCH_MICROSECONDS) {
            throw new ArithmeticException("A timestamp is infinite or outside the years 1 to 9999");
        }
        return since2000 + EPOCH_MICROSECONDS;
    }

    /** A numeric without its point, as a decimal of {@code type} has it. */
    public static BigInteger unscaled(byte[] bytes, int start, SourceType type) {
        int groups = (short) SHORT.get(bytes, start);
        int weight = (short) SHORT.get(bytes, start + Short.BYTES);
        int sign = (short) SHORT.get(bytes, start + 2 * Short.BYTES) & 0xFFFF;
        if (sign != 0 && sign != NEGATIVE) {
            throw new ArithmeticException("A numeric is NaN or infinite");
        }
        BigInteger digits = digits(bytes, start + HEADER_BYTES, groups);
        int exponent = DIGITS_IN_A_GROUP * (weight - groups + 1);
        // Trailing zeros of a group are no digits that the value needs.
        BigDecimal number = new BigDecimal(digits, -exponent).setScale(type.scale());
        if (number.precision() > type.precision()) {
            throw new ArithmeticException("A numeric has more digits than " + type.declared());
        }
        return sign == NEGATIVE ? number.unscaledValue().negate() : number.unscaledValue();
    }

    private static BigInteger digits(byte[] bytes, int start, int groups) {
        long small = 0;
        int inLong = Math.min(groups, GROUPS_IN_A_LONG);
        for (int i = 0; i < inLong; i++) {
            small = small * GROUP + (short) SHORT.get(bytes, start + i * Short.BYTES);
        }
        BigInteger digits = BigInteger.valueOf(small);
        for (int i = inLong; i < groups; i++) {
            digits = digits.multiply(BigInteger.valueOf(GROUP)).add(BigInteger.valueOf((short)
                    SHORT.get(bytes, start + i * Short.BYTES)));
        }
        return digits;
    }

    /** A uuid as PostgreSQL writes it. */
    public static String uuid(byte[] bytes, int start) {
        return new UUID((long) LONG.get(bytes, start), (long) LONG.get(bytes, start + Long.BYTES)).toString();
    }

    private static long microseconds(long epochDay) {
        return ChronoUnit.MICROS.between(
                LocalDate.EPOCH.atStartOfDay(ZoneOffset.UTC),
                LocalDate.ofEpochDay(epochDay).atStartOfDay(ZoneOffset.UTC));
    }

    private static VarHandle bigEndian(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.BIG_ENDIAN);
    }
}
