package io.retaillake.local;

import java.util.Locale;

/** What is shown when a job has ended. */
final class EndLine {

    private EndLine() {}

    static String of(JobOutcome outcome) {
        String name = outcome.job().name();
        if (outcome.failed()) {
            return String.format(
                    Locale.ROOT,
                    "%s: ended after %.1f s with exit code %d",
                    name,
                    outcome.processSeconds(),
                    outcome.exitCode());
        }
        return outcome.finished()
                .map(end -> of(name, outcome.processSeconds(), end))
                .orElseGet(() -> String.format(Locale.ROOT, "%s: done in %.1f s", name, outcome.processSeconds()));
    }

    /** Of a job that has succeeded in so many seconds. */
    static String of(String name, double seconds, JobLine.Finished end) {
        return end.publishedBefore()
                ? String.format(Locale.ROOT, "%s: published before (%.1f s)", name, seconds)
                : String.format(Locale.ROOT, "%s: done in %.1f s, %,d rows", name, seconds, end.rows());
    }
}
