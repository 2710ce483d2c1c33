package io.retaillake.common.contract;

import java.util.Locale;

/** A layer of the lakehouse; its lower-case name is the namespace of its tables. */
public enum Layer {
    /** The source's tables, column by column as they were extracted. */
    BRONZE,
    /** Cleaned, joined, one row per purchase line, and what could not be cleaned. */
    SILVER,
    /** The affiliates' KPIs. */
    GOLD,
    /** The record of job runs. */
    OPS;

    /** The namespace without its prefix, e.g. {@code silver}. */
    public String namespace() {
        return name().toLowerCase(Locale.ROOT);
    }
}
