package io.retaillake.common.job;

import io.retaillake.common.command.EditDistance;
import java.util.Locale;

/** Tells whether a word was probably meant to be another. */
final class NearMiss {

    private static final int MOST_EDITS = 2;

    private NearMiss() {}

    /** Whether at most two inserted, deleted or changed characters, or case and punctuation, set them apart. */
    static boolean isNear(String word, String meant) {
        return EditDistance.between(plain(word), plain(meant)) <= MOST_EDITS;
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[-_]|=.*", "");
    }
}
