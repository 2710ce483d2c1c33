package io.retaillake.streaming.kinesis;

import java.io.Serializable;
import java.math.BigInteger;

/**
 * How far a shard has been read. As text, in the order of reading: {@code TRIM_HORIZON} (nothing yet; from its oldest record on),
 * {@code AT_TIMESTAMP:<ms since 1970>} (nothing yet; from what arrived then on), the digits of the sequence number that was read
 * last, {@code SHARD_END} (all that a closed shard will ever have).
 *
 * <p>Its {@link #number()} is that of the next user record to read, for bookkeeping by numbers. A user record's number is its
 * Kinesis record's sequence number and then {@value #SUBSEQUENCE_DIGITS} digits of its place in that record: 64 digits in all,
 * which are in the order of reading both as a number and as text.
 *
 * @param text as above
 */
record ShardPosition(String text) implements Serializable {

    static final ShardPosition TRIM_HORIZON = new ShardPosition("TRIM_HORIZON");
    static final ShardPosition SHARD_END = new ShardPosition("SHARD_END");

    private static final String AT_TIMESTAMP = "AT_TIMESTAMP:";

    /** Enough for one-byte user records in the largest Kinesis record, of 10 MiB. */
    private static final int SUBSEQUENCE_DIGITS = 8;

    private static final BigInteger SUBSEQUENCES = BigInteger.TEN.pow(SUBSEQUENCE_DIGITS);

    /** Sequence numbers have 56 digits, and times in milliseconds have 13. */
    private static final BigInteger AFTER_ALL = BigInteger.TEN.pow(56 + SUBSEQUENCE_DIGITS);

    private static final BigInteger AFTER_TIMES = BigInteger.TEN.pow(18);

    ShardPosition {
        if (!text.matches("TRIM_HORIZON|SHARD_END|AT_TIMESTAMP:\\d{1,18}|[1-9]\\d{18,55}")) {
            throw new IllegalArgumentException("'" + text + "' is no position; allowed: TRIM_HORIZON,"
                    + " AT_TIMESTAMP:<milliseconds since 1970>, a sequence number of 19 to 56 digits, SHARD_END");
        }
    }

    static ShardPosition after(String sequenceNumber) {
        return new ShardPosition(sequenceNumber);
    }

    static ShardPosition atTimestamp(long milliseconds) {
        return new ShardPosition(AT_TIMESTAMP + milliseconds);
    }

    static ShardPosition ofNumber(BigInteger number) {
        if (number.signum() == 0) {
            return TRIM_HORIZON;
        }
        if (number.compareTo(AFTER_TIMES) < 0) {
            return atTimestamp(number.longValueExact());
        }
        return number.equals(AFTER_ALL)
                ? SHARD_END
                : after(number.divide(SUBSEQUENCES).subtract(BigInteger.ONE).toString());
    }

    BigInteger number() {
        if (isTrimHorizon()) {
            return BigInteger.ZERO;
        }
        if (isTimestamp()) {
            return BigInteger.valueOf(milliseconds());
        }
        return isEnd() ? AFTER_ALL : new BigInteger(text).add(BigInteger.ONE).multiply(SUBSEQUENCES);
    }

    /** The digits of the user record that is the {@code subsequence}-th, from 0, of a Kinesis record. */
    static String userRecord(String sequenceNumber, int subsequence) {
        String digits = Integer.toString(subsequence);
        return sequenceNumber + "0".repeat(SUBSEQUENCE_DIGITS - digits.length()) + digits;
    }

    boolean isTrimHorizon() {
        return equals(TRIM_HORIZON);
    }

    boolean isTimestamp() {
        return text.startsWith(AT_TIMESTAMP);
    }

    boolean isEnd() {
        return equals(SHARD_END);
    }

    boolean isSequenceNumber() {
        return Character.isDigit(text.charAt(0));
    }

    /** Of a time. */
    long milliseconds() {
        return Long.parseLong(text.substring(AT_TIMESTAMP.length()));
    }

    @Override
    public String toString() {
        return text;
    }
}
