package io.retaillake.executions;

import java.util.List;

/** One of the things that {@code bin/executions} does. */
interface Subcommand {

    /** Adds what is wrong with the options, before anything is asked of AWS. */
    default void check(List<String> problems) {}

    /** Does it; returns when it is done. */
    void run(Session session) throws InterruptedException;
}
