package io.retaillake.common.accesslog;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * User ids of 64 lower-case hex digits, 32 bytes, as 44 characters: each half of 16 bytes is 22 characters of url-safe Base64 without
 * padding.
 */
final class UserIds {

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final int HALF_HEX = 32;
    private static final int HALF_ENCODED = 22;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private UserIds() {}

    /** The 44 characters; none for other ids. */
    static Optional<String> encode(String id) {
        if (!HEX.matcher(id).matches()) {
            return Optional.empty();
        }
        return Optional.of(half(id.substring(0, HALF_HEX)) + half(id.substring(HALF_HEX)));
    }

    private static String half(String hex) {
        return ENCODER.encodeToString(HexFormat.of().parseHex(hex));
    }

    /** The id; none if {@code encoded} is no such 44 characters. */
    static Optional<String> decode(String encoded) {
        if (encoded.length() != 2 * HALF_ENCODED) {
            return Optional.empty();
        }
        try {
            String id = HexFormat.of().formatHex(DECODER.decode(encoded.substring(0, HALF_ENCODED)))
                    + HexFormat.of().formatHex(DECODER.decode(encoded.substring(HALF_ENCODED)));
            // Of 132 bits four say nothing: only one way to write an id is its encoding.
            return encode(id).filter(encoded::equals).map(same -> id);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
