package io.retaillake.common.registry;

/** As whom a job logs in to the source database. */
public enum SourceUser {
    /** It does not connect. */
    NONE,
    /** The user who may only read the four tables. */
    READER,
    /** The user who may create them. */
    ADMINISTRATOR
}
