package io.retaillake.common.publish;

import io.retaillake.common.job.Scope;

/** The columns by which a table's rows are told to be in a {@link Scope}, and how they write it. */
public sealed interface ScopeColumns {

    /**
     * For months: a date.
     *
     * @param date a column of dates; a row without one is in no month
     */
    record Dates(String date) implements ScopeColumns {}

    /**
     * For months: the month as text.
     *
     * @param month a column of strings {@code yyyyMM}; a row without one is in no month
     */
    record MonthStrings(String month) implements ScopeColumns {}

    /**
     * For positions: the source's partition and the record's number in it.
     *
     * @param partition a column of strings
     * @param offset a column of whole numbers, of 64 bits
     */
    record Offsets(String partition, String offset) implements ScopeColumns {}

    /**
     * For positions too long for whole numbers of 64 bits: the number is text.
     *
     * @param partition a column of strings
     * @param offset a column of strings of {@link #DIGITS} digits, with zeros in front, so that they are in the numbers' order
     */
    record OffsetStrings(String partition, String offset) implements ScopeColumns {

        /** As many as a Kinesis sequence number can have. */
        public static final int DIGITS = 56;
    }
}
