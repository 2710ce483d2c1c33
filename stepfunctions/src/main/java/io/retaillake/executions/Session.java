package io.retaillake.executions;

import io.retaillake.common.command.ShellWords;
import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * What a subcommand works with.
 *
 * @param out for results
 * @param err for progress
 * @param connectionOptions as typed, for commands that are shown to be typed next
 * @param columns the terminal's width; 0 where standard error goes elsewhere
 */
record Session(
        StepFunctions stepFunctions,
        List<String> connectionOptions,
        PrintStream out,
        PrintStream err,
        int columns,
        Clock clock,
        Pause pause) {

    /** Waits between two looks at AWS. */
    @FunctionalInterface
    interface Pause {

        /** Returns after that time. */
        void millis(long duration) throws InterruptedException;
    }

    /** A command of this program on the same state machine, as one can type it. */
    String command(String... words) {
        List<String> all = new ArrayList<>(List.of("bin/executions"));
        all.addAll(List.of(words));
        all.addAll(connectionOptions);
        return ShellWords.joined(all);
    }
}
