package io.retaillake.common.json;

/**
 * Finds where JSON values (RFC 8259, in UTF-8) begin and end in bytes, and nothing else: no tree, no numbers, and no text that nobody asks for.
 *
 * <p>It throws nothing on whatever bytes, takes time in proportion to them, and is as strict on every platform: an input means the same in
 * Lambda and on any Spark, whichever JSON library these bring.
 */
public final class JsonScanner {

    /** How many objects and arrays may contain each other. */
    public static final int MAX_DEPTH = 64;

    /** What a value is. */
    public enum Kind {
        OBJECT,
        ARRAY,
        STRING,
        NUMBER,
        BOOLEAN,
        NULL,
        /** No JSON, or deeper than {@link #MAX_DEPTH}. */
        MALFORMED
    }

    private final byte[] bytes;
    private final int end;
    private int position;
    private boolean tooDeep;
    private boolean escaped;

    /** Reads {@code bytes} from the position {@code from} to their end. */
    public JsonScanner(byte[] bytes, int from) {
        this.bytes = bytes;
        this.end = bytes.length;
        this.position = from;
    }

    /** The byte that comes next. */
    public int position() {
        return position;
    }

    /** Whether the last {@link Kind#MALFORMED} was told because of depth: what lies deeper was not looked at. */
    public boolean tooDeep() {
        return tooDeep;
    }

    /** Whether the string that was read last has escapes. */
    public boolean escaped() {
        return escaped;
    }

    /** Whether nothing is left. */
    public boolean atEnd() {
        return position == end;
    }

    /** Passes blanks and ends of lines. */
    public void skipWhitespace() {
        while (position < end && isWhitespace(bytes[position])) {
            position++;
        }
    }

    /** Whether JSON allows the byte between values. */
    public static boolean isWhitespace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /** Passes the byte if it comes next. */
    public boolean take(char expected) {
        if (position < end && bytes[position] == expected) {
            position++;
            return true;
        }
        return false;
    }

    /**
     * Passes one value, which must begin here. After {@link Kind#MALFORMED} the position is somewhere in it.
     *
     * @param depth how many objects and arrays it is in
     */
    public Kind value(int depth) {
        if (position == end) {
            return Kind.MALFORMED;
        }
        return switch (bytes[position]) {
            case '{' -> container(depth, '}', Kind.OBJECT);
            case '[' -> container(depth, ']', Kind.ARRAY);
            case '"' -> string() ? Kind.STRING : Kind.MALFORMED;
            case 't' -> word("true", Kind.BOOLEAN);
            case 'f' -> word("false", Kind.BOOLEAN);
            case 'n' -> word("null", Kind.NULL);
            default -> number() ? Kind.NUMBER : Kind.MALFORMED;
        };
    }

    private Kind container(int depth, char close, Kind kind) {
        if (depth == MAX_DEPTH) {
            tooDeep = true;
            return Kind.MALFORMED;
        }
        position++;
        skipWhitespace();
        if (take(close)) {
            return kind;
        }
        do {
            skipWhitespace();
            if ((kind == Kind.OBJECT && !name()) || value(depth + 1) == Kind.MALFORMED) {
                return Kind.MALFORMED;
            }
            skipWhitespace();
        } while (take(','));
        return take(close) ? kind : Kind.MALFORMED;
    }

    private boolean name() {
        if (!string()) {
            return false;
        }
        skipWhitespace();
        if (!take(':')) {
            return false;
        }
        skipWhitespace();
        return true;
    }

    private Kind word(String word, Kind kind) {
        for (int i = 0; i < word.length(); i++) {
            if (!take(word.charAt(i))) {
                return Kind.MALFORMED;
            }
        }
        return kind;
    }

    private boolean number() {
        take('-');
        if (!take('0') && !digits()) {
            return false;
        }
        if (take('.') && !digits()) {
            return false;
        }
        if (take('e') || take('E')) {
            if (!take('+')) {
                take('-');
            }
            return digits();
        }
        return true;
    }

    private boolean digits() {
        int first = position;
        while (position < end && bytes[position] >= '0' && bytes[position] <= '9') {
            position++;
        }
        return position > first;
    }

    /** Passes a string with its quotes; false if none begins here, or it is malformed. */
    public boolean string() {
        if (!take('"')) {
            return false;
        }
        escaped = false;
        while (position < end) {
            byte b = bytes[position];
            if (b == '"') {
                position++;
                return true;
            }
            if (b == '\\') {
                escaped = true;
                if (!escape()) {
                    return false;
                }
            } else if (b >= ' ') {
                position++;
            } else if (b >= 0 || !multiByteCharacter()) {
                return false;
            }
        }
        return false;
    }

    private boolean escape() {
        position++;
        if (position == end) {
            return false;
        }
        return switch (bytes[position++]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> true;
            case 'u' -> fourHexDigits();
            default -> false;
        };
    }

    private boolean fourHexDigits() {
        int last = position + 4;
        while (position < end && position < last && Character.digit(bytes[position], 16) >= 0) {
            position++;
        }
        return position == last;
    }

    /** Passes a character beyond ASCII; false if it isn't UTF-8: cut off, overlong, a surrogate, or beyond U+10FFFF. */
    private boolean multiByteCharacter() {
        int lead = bytes[position] & 0xFF;
        int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        if (lead < 0xC2 || lead > 0xF4 || position + length > end) {
            return false;
        }
        int second = bytes[position + 1] & 0xFF;
        if ((lead == 0xE0 && second < 0xA0)
                || (lead == 0xED && second > 0x9F)
                || (lead == 0xF0 && second < 0x90)
                || (lead == 0xF4 && second > 0x8F)) {
            return false;
        }
        for (int i = 1; i < length; i++) {
            if ((bytes[position + i] & 0xC0) != 0x80) {
                return false;
            }
        }
        position += length;
        return true;
    }
}
