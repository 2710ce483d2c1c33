package io.retaillake.common.registry;

/** How much a job has to do, which decides how many workers it gets. */
public enum Workers {
    /** Few rows. */
    SMALL,
    /** The source's rows. */
    EXTRACT,
    /** Every purchase, cleaned and joined. */
    BUILD,
    /** Every purchase, grouped. */
    MART
}
