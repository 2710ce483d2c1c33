package io.retaillake.common.json;

import io.retaillake.common.json.JsonScanner.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Takes a JSON array apart. */
public final class JsonElements {

    private JsonElements() {}

    /**
     * The elements, each as it was written, of the array that {@code bytes} are with nothing but whitespace around it; none if they are no array.
     * Of an element that is deeper than {@link JsonScanner#MAX_DEPTH} only the end is looked for: one such doesn't cost the others.
     */
    public static Optional<List<byte[]>> of(byte[] bytes) {
        return of(bytes, Integer.MAX_VALUE);
    }

    /** As {@link #of(byte[])}; none as well if there are more than {@code most} elements, which are not kept in memory then. */
    public static Optional<List<byte[]>> of(byte[] bytes, int most) {
        JsonScanner scanner = new JsonScanner(bytes, 0);
        List<byte[]> elements = new ArrayList<>();
        scanner.skipWhitespace();
        if (!scanner.take('[')) {
            return Optional.empty();
        }
        scanner.skipWhitespace();
        if (!scanner.take(']')) {
            do {
                if (elements.size() == most) {
                    return Optional.empty();
                }
                scanner.skipWhitespace();
                int from = scanner.position();
                if (scanner.value(1) == Kind.MALFORMED) {
                    int end = scanner.tooDeep() ? endOfContainer(bytes, from) : bytes.length;
                    if (end == bytes.length) {
                        return Optional.empty();
                    }
                    scanner = new JsonScanner(bytes, end);
                }
                elements.add(Arrays.copyOfRange(bytes, from, scanner.position()));
                scanner.skipWhitespace();
            } while (scanner.take(','));
            if (!scanner.take(']')) {
                return Optional.empty();
            }
        }
        scanner.skipWhitespace();
        return scanner.atEnd() ? Optional.of(elements) : Optional.empty();
    }

    /** The byte behind the object or array that begins here; the end of all bytes if it has none. */
    private static int endOfContainer(byte[] bytes, int from) {
        int depth = 0;
        boolean inString = false;
        for (int i = from; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b == '"') {
                inString = !inString;
            } else if (inString) {
                i += b == '\\' ? 1 : 0;
            } else if (b == '{' || b == '[') {
                depth++;
            } else if ((b == '}' || b == ']') && --depth == 0) {
                return i + 1;
            }
        }
        return bytes.length;
    }
}
