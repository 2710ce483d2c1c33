package io.retaillake.jobs.silver;

/** Why a row of bronze is not in {@code silver.purchases}, in the order in which a row's reasons are listed. */
enum RejectReason {
    /** A key column is missing or blank. */
    KEY_MISSING,
    /** The affiliate is too long to name a folder of {@code silver.purchases}. */
    KEY_TOO_LONG,
    /** The date is missing, or not a real day as eight ASCII digits. */
    DATE_INVALID,
    /** There is no amount. */
    AMOUNT_MISSING,
    /** The amount is NaN or infinite. */
    AMOUNT_NOT_FINITE,
    /** The amount, rounded, is beyond decimal(15,2). */
    AMOUNT_OUT_OF_RANGE,
    /** Another valid row with the same key was kept. */
    DUPLICATE_KEY
}
