package io.retaillake.common.event;

import java.nio.charset.StandardCharsets;

/** Reads strings of JSON. */
final class JsonText {

    private JsonText() {}

    /**
     * The text of a string that {@link JsonScanner#string()} has passed.
     *
     * @param from the byte after its first quote
     * @param to its last quote
     * @param withEscapes whether there are any, which {@link JsonScanner#escaped()} knows
     */
    static String of(byte[] bytes, int from, int to, boolean withEscapes) {
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
}
