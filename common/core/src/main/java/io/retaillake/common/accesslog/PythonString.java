package io.retaillake.common.accesslog;

/** Reads string and bytes literals of Python, in one pair of quotes of either kind. */
final class PythonString {

    private static final String ESCAPED = "\\'\"abfnrtv";
    private static final String MEANT = "\\'\"\u0007\b\f\n\r\t\u000b";

    private final String text;
    private int position;
    private boolean isBytes;
    private boolean surrogateEscape;

    PythonString(String text) {
        this.text = text;
    }

    static boolean beginsAt(String text, int position) {
        if (position < text.length() && "bBuU".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
        return position < text.length() && (text.charAt(position) == '\'' || text.charAt(position) == '"');
    }

    /** What follows the literal that was read last. */
    int end() {
        return position;
    }

    /** Whether the literal that was read last has an escape of half of a surrogate pair; in Python it is half of one even beside the other half. */
    boolean hasSurrogateEscape() {
        return surrogateEscape;
    }

    /** Reads the literal at {@code from}; null for bytes. */
    String read(int from) throws NotARecordException {
        position = from;
        surrogateEscape = false;
        if (!beginsAt(text, from)) {
            throw malformed("there is no string where one must be");
        }
        isBytes = "bB".indexOf(text.charAt(position)) >= 0;
        if (Character.isLetter(text.charAt(position))) {
            position++;
        }
        char quote = text.charAt(position++);
        StringBuilder string = new StringBuilder();
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (c == quote) {
                if (string.isEmpty() && text.startsWith(String.valueOf(quote), position)) {
                    throw malformed("a string is in three quotes");
                }
                return isBytes ? null : string.toString();
            }
            if (c == '\\') {
                escape(string);
            } else if (c == '\n' || c == '\r' || (isBytes && c > '\u007f')) {
                throw malformed("a string has a character that must be escaped");
            } else {
                string.append(c);
            }
        }
        throw malformed("a string has no end");
    }

    private void escape(StringBuilder string) throws NotARecordException {
        if (position == text.length()) {
            throw malformed("a string has no end");
        }
        char c = text.charAt(position++);
        int index = ESCAPED.indexOf(c);
        if (index >= 0) {
            string.append(MEANT.charAt(index));
        } else if (c >= '0' && c <= '7') {
            position--;
            octal(string);
        } else if (c == 'x') {
            string.appendCodePoint(hex(2));
        } else if (!isBytes && (c == 'u' || c == 'U')) {
            int codePoint = hex(c == 'u' ? 4 : 8);
            surrogateEscape |= codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
            string.appendCodePoint(codePoint);
        } else if (!isBytes && c == 'N') {
            throw malformed("a character is given by its name");
        } else if (c != '\n') {
            // As in Python: an escape that there isn't is both characters.
            string.append('\\').append(c);
        }
    }

    private void octal(StringBuilder string) {
        int value = 0;
        for (int digits = 0; digits < 3 && position < text.length(); digits++) {
            int digit = text.charAt(position) - '0';
            if (digit < 0 || digit > 7) {
                break;
            }
            value = value * 8 + digit;
            position++;
        }
        string.appendCodePoint(value);
    }

    private int hex(int digits) throws NotARecordException {
        long value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = position < text.length() && text.charAt(position) < 128
                    ? Character.digit(text.charAt(position), 16)
                    : -1;
            if (digit < 0) {
                throw malformed("an escape has too few hex digits");
            }
            value = value * 16 + digit;
            position++;
        }
        if (value > Character.MAX_CODE_POINT) {
            throw malformed("an escape is no character");
        }
        return (int) value;
    }

    private NotARecordException malformed(String why) {
        return RecordParser.notARecord("at character " + position + ", " + why);
    }
}
