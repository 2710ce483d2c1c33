package io.retaillake.logs;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a server that is served for trials does wrong, now and then. */
enum Fault {
    /** A record is shown one turn later than it should be. */
    LATE,
    /** A record is shown again: in the next turn, or 480 turns later. */
    REPEATED,
    /** A record is never shown. */
    MISSING,
    /** A token is made with a key that nobody has. */
    WRONG_KEY,
    /** An answer is only half of one, as a whole or cut off. */
    TRUNCATED,
    /** An answer takes longer than anyone waits. */
    SLOW,
    ERROR_500,
    /** The server wants to be left alone for a second. */
    ERROR_429,
    /** An answer says that it is HTML. */
    CONTENT_TYPE;

    /** As an option has it: {@code wrong-key}. */
    String option() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Fault> of(String option) {
        return Arrays.stream(values())
                .filter(fault -> fault.option().equals(option))
                .findFirst();
    }

    boolean isOfAnswers() {
        return compareTo(TRUNCATED) >= 0;
    }
}
