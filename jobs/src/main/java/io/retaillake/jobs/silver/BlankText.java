package io.retaillake.jobs.silver;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.spark.unsafe.types.UTF8String;

/** Tells strings that show something from those that show nothing. */
final class BlankText {

    private static final byte FIRST_VISIBLE_ASCII = '!';
    private static final byte LAST_VISIBLE_ASCII = '~';

    /**
     * Control characters, Unicode's white space, and the characters that Unicode says to show nothing for: marks of width
     * zero and of direction, invisible operators, the soft hyphen, the Hangul fillers.
     */
    private static final String INVISIBLE = ranges(
            "\0 ", // control characters and the space
            "\u007f\u00a0", // more control characters, and the no-break space
            "\u00ad\u00ad",
            "\u034f\u034f",
            "\u061c\u061c",
            "\u115f\u1160",
            "\u1680\u1680",
            "\u17b4\u17b5",
            "\u180b\u180f",
            "\u2000\u200f",
            "\u2028\u202f",
            "\u205f\u206f",
            "\u3000\u3000",
            "\u3164\u3164",
            "\ufe00\ufe0f",
            "\ufeff\ufeff",
            "\uffa0\uffa0");

    private BlankText() {}

    /** Whether {@code text} is null, empty, or only invisible characters. */
    static boolean isMissing(UTF8String text) {
        if (text == null || text.numBytes() == 0) {
            return true;
        }
        // Nearly every code begins with a visible ASCII character.
        byte first = Digits.byteAt(text, 0);
        boolean beginsVisible = first >= FIRST_VISIBLE_ASCII && first <= LAST_VISIBLE_ASCII;
        return !beginsVisible && text.toString().chars().allMatch(character -> INVISIBLE.indexOf(character) >= 0);
    }

    /** All characters from the first to the second of each pair. */
    private static String ranges(String... pairs) {
        return Arrays.stream(pairs)
                .flatMapToInt(pair -> IntStream.rangeClosed(pair.charAt(0), pair.charAt(1)))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
