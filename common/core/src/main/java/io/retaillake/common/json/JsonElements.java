package io.retaillake.common.json;

import io.retaillake.common.json.JsonScanner.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Takes a JSON array apart. */
public final class JsonElements {

    private JsonElements() {}

    /** The elements, each as it was written, of the array that {@code bytes} are with nothing but whitespace around it; none if they are no array. */
    public static Optional<List<byte[]>> of(byte[] bytes) {
        JsonScanner scanner = new JsonScanner(bytes, 0);
        List<byte[]> elements = new ArrayList<>();
        scanner.skipWhitespace();
        if (!scanner.take('[')) {
            return Optional.empty();
        }
        scanner.skipWhitespace();
        if (!scanner.take(']')) {
            do {
                scanner.skipWhitespace();
                int from = scanner.position();
                if (scanner.value(1) == Kind.MALFORMED) {
                    return Optional.empty();
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
}
