package io.retaillake.common.event;

import io.retaillake.common.json.JsonScanner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Takes apart a record into which a producer has put several events, one after the other or one a line. */
public final class PayloadSplitter {

    private PayloadSplitter() {}

    /**
     * The JSON objects of a record, and what lies between them. Every byte that isn't whitespace between two pieces is in exactly one
     * piece, in its order; a record without any is one piece as it is. So there is at least one piece.
     *
     * <p>Where no JSON object begins, or one is broken, the piece goes on to the end of the line: a broken line costs its neighbours
     * nothing, but what follows in the same line is lost with it to the one reject.
     *
     * <p>The time is in proportion to the bytes; at worst, when lines open objects that never end, they are looked at
     * {@value JsonScanner#MAX_DEPTH} times.
     */
    public static List<byte[]> split(byte[] payload) {
        List<byte[]> pieces = new ArrayList<>(1);
        int position = afterWhitespace(payload, 0);
        while (position < payload.length) {
            int end = endOfPiece(payload, position);
            pieces.add(Arrays.copyOfRange(payload, position, end));
            position = afterWhitespace(payload, end);
        }
        if (pieces.isEmpty()) {
            pieces.add(payload);
        }
        return pieces;
    }

    private static int afterWhitespace(byte[] payload, int from) {
        int position = from;
        while (position < payload.length && JsonScanner.isWhitespace(payload[position])) {
            position++;
        }
        return position;
    }

    private static int endOfPiece(byte[] payload, int from) {
        if (payload[from] == '{') {
            JsonScanner scanner = new JsonScanner(payload, from);
            if (scanner.value(0) == JsonScanner.Kind.OBJECT) {
                return scanner.position();
            }
        }
        int end = from;
        while (end < payload.length && payload[end] != '\n') {
            end++;
        }
        return end;
    }
}
