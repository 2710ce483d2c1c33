package io.retaillake.executions;

import java.time.Duration;
import java.util.Locale;

/** Durations as people read them. */
final class Durations {

    private Durations() {}

    /** {@code m:ss}, from an hour on {@code h:mm:ss}; clocks that disagree make no negative ones. */
    static String text(Duration duration) {
        Duration shown = duration.isNegative() ? Duration.ZERO : duration;
        return shown.toHours() == 0
                ? String.format(Locale.ROOT, "%d:%02d", shown.toMinutes(), shown.toSecondsPart())
                : String.format(
                        Locale.ROOT, "%d:%02d:%02d", shown.toHours(), shown.toMinutesPart(), shown.toSecondsPart());
    }
}
