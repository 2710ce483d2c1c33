package io.retaillake.common.accesslog;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Number literals of Python: whole, hexadecimal, with a point or an exponent, with underscores; and nan and inf. */
final class PythonNumber {

    private static final Pattern NUMBER =
            Pattern.compile("-?(?:inf|nan|0[xX][0-9a-fA-F_]++|(?:[0-9][0-9_]*+)?+\\.?[0-9_]*+(?:[eE][+-]?[0-9_]++)?+)");

    /** Numbers that JSON writes in the same way. */
    private static final Pattern JSON_NUMBER =
            Pattern.compile("-?(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?+(?:[eE][+-]?[0-9]++)?+");

    /** Python refuses them, because once they were octal. */
    private static final Pattern LEADING_ZERO = Pattern.compile("-?0[0-9_]*[1-9][0-9_]*");

    private static final Pattern HAS_DIGIT_OR_NAME = Pattern.compile("-?(?:inf|nan|\\.?[0-9].*)");

    private PythonNumber() {}

    /** The number that stands at {@code from}; null if none does. */
    static String at(String text, int from) {
        Matcher matcher = NUMBER.matcher(text).region(from, text.length());
        if (!matcher.lookingAt()) {
            return null;
        }
        String number = matcher.group();
        boolean goesOn = matcher.end() < text.length() && Character.isJavaIdentifierPart(text.charAt(matcher.end()));
        boolean isNumber = HAS_DIGIT_OR_NAME.matcher(number).matches()
                && !LEADING_ZERO.matcher(number).matches();
        return isNumber && !goesOn ? number : null;
    }

    /** Whether JSON writes the number in the same way. */
    static boolean isJson(String number) {
        return JSON_NUMBER.matcher(number).matches();
    }
}
