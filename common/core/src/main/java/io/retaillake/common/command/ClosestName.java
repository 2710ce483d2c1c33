package io.retaillake.common.command;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that someone probably meant. */
public final class ClosestName {

    private static final int MOST_EDITS = 3;

    private ClosestName() {}

    /** The one of {@code names} that takes the fewest edits, at most three; one that goes on where the typed word ends counts too. */
    public static Optional<String> of(String typed, Collection<String> names) {
        return names.stream()
                .filter(name -> edits(typed, name) <= MOST_EDITS)
                .min(Comparator.comparingInt((String name) -> edits(typed, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /**
     * Characters to insert, delete or change; case, and whether parts are joined by {@code -} or {@code _}, are no difference.
     * A word's beginning counts as the most that is still near.
     */
    private static int edits(String typed, String name) {
        String from = plain(typed);
        String to = plain(name);
        int edits = EditDistance.between(from, to);
        return to.startsWith(from) ? Math.min(edits, MOST_EDITS) : edits;
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
