package io.retaillake.common.accesslog;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * User ids of 64 lower-case hex digits, 32 bytes, as 44 characters: each half of 16 bytes is 22 characters of url-safe Base64 without
 * padding.
 */
final class UserIds {

    private static final String HEX_DIGITS = "0123456789abcdef";
    private static final int HALF_HEX = 32;
    private static final int HALF_BYTES = 16;
    private static final int HALF_ENCODED = 22;

    /** What the last character of a half can be: of its six bits the lower four say nothing, and are zero. */
    private static final String LAST_CHARACTERS = "AQgw";

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private UserIds() {}

    /** The 44 characters; none for other ids. */
    static Optional<String> encode(String id) {
        if (!isHex(id)) {
            return Optional.empty();
        }
        return Optional.of(half(id.substring(0, HALF_HEX)) + half(id.substring(HALF_HEX)));
    }

    private static boolean isHex(String id) {
        if (id.length() != 2 * HALF_HEX) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            if (HEX_DIGITS.indexOf(id.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private static String half(String hex) {
        return ENCODER.encodeToString(HexFormat.of().parseHex(hex));
    }

    /** The id; none if {@code encoded} is no such 44 characters. */
    static Optional<String> decode(String encoded) {
        if (encoded.length() != 2 * HALF_ENCODED) {
            return Optional.empty();
        }
        byte[] first = half(encoded, 0);
        byte[] second = half(encoded, HALF_ENCODED);
        return first == null || second == null
                ? Optional.empty()
                : Optional.of(HexFormat.of().formatHex(first) + HexFormat.of().formatHex(second));
    }

    /** The 16 bytes of a half; null if it is no encoding, or another one than ours. */
    private static byte[] half(String encoded, int from) {
        String half = encoded.substring(from, from + HALF_ENCODED);
        if (LAST_CHARACTERS.indexOf(half.charAt(HALF_ENCODED - 1)) < 0) {
            return null;
        }
        try {
            byte[] bytes = DECODER.decode(half);
            return bytes.length == HALF_BYTES ? bytes : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
