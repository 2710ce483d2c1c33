package io.retaillake.common.publish;

import io.retaillake.common.job.JobException;
import java.util.function.Supplier;
import org.apache.iceberg.exceptions.CommitFailedException;

/** Commits to a table that others change, too. */
final class CommitAttempts {

    private static final int MOST = 10;

    private CommitAttempts() {}

    /**
     * Commits, again if another commit came between.
     *
     * @param what what is committed, for the message
     * @param attempt looks at the table anew each time
     * @throws JobException exit code 4 after {@link #MOST} attempts
     */
    static <T> T commit(String what, Supplier<T> attempt) {
        for (int number = 1; ; number++) {
            try {
                return attempt.get();
            } catch (CommitFailedException e) {
                if (number == MOST) {
                    throw JobException.outsideSystem(
                            what + " was not possible in " + number
                                    + " attempts: other commits came between. Repeat the batch.",
                            e);
                }
            }
        }
    }
}
