package io.retaillake.local;

import java.util.Optional;

/** How many tasks can run at once on this machine. */
public final class TasksAtOnce {

    private static final int MOST_PER_PROCESSOR = 32;

    private TasksAtOnce() {}

    /** What is wrong with {@code tasks}, and what can be given; nothing where they can run. */
    public static Optional<String> problem(int tasks) {
        int most = MOST_PER_PROCESSOR * Runtime.getRuntime().availableProcessors();
        if (tasks < 1) {
            return Optional.of("at least 1 is needed");
        }
        return tasks > most
                ? Optional.of("at most " + most + " tasks at once make sense on this machine")
                : Optional.empty();
    }
}
