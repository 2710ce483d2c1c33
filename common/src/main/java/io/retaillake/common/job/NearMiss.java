package io.retaillake.common.job;

import java.util.Locale;

/** Tells whether a word was probably meant to be another. */
final class NearMiss {

    private static final int MOST_EDITS = 2;

    private NearMiss() {}

    /** Whether at most two inserted, deleted or changed characters, or case and punctuation, set them apart. */
    static boolean isNear(String word, String meant) {
        return edits(plain(word), plain(meant)) <= MOST_EDITS;
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[-_]|=.*", "");
    }

    private static int edits(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(changed, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
