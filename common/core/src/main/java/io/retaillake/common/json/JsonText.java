package io.retaillake.common.json;

import java.nio.charset.StandardCharsets;

/** Reads and writes strings of JSON. */
public final class JsonText {

    private JsonText() {}

    /**
     * The text of a string that {@link JsonScanner#string()} has passed.
     *
     * @param from the byte after its first quote
     * @param to its last quote
     * @param withEscapes whether there are any, which {@link JsonScanner#escaped()} knows
     */
    public static String of(byte[] bytes, int from, int to, boolean withEscapes) {
        String raw = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        if (!withEscapes) {
            return raw;
        }
        StringBuilder text = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char escape = raw.charAt(++i);
            switch (escape) {
                case 'b' -> text.append('\b');
                case 'f' -> text.append('\f');
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                case 't' -> text.append('\t');
                case 'u' -> {
                    text.append((char) Integer.parseInt(raw, i + 1, i + 5, 16));
                    i += 4;
                }
                default -> text.append(escape);
            }
        }
        return text.toString();
    }

    /** Adds {@code text} in quotes, with the escapes that JSON asks for; {@code null} for null. */
    public static void append(StringBuilder json, String text) {
        if (text == null) {
            json.append("null");
            return;
        }
        json.append('"');
        int plain = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c != '"' && c != '\\') {
                continue;
            }
            json.append(text, plain, i);
            plain = i + 1;
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else {
                json.append(c < 0x10 ? "\\u000" : "\\u00").append(Integer.toHexString(c));
            }
        }
        json.append(text, plain, text.length()).append('"');
    }
}
