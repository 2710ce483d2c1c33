package io.retaillake.common.accesslog;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * A record of the source's log. What it says of itself is no value: most are personal.
 *
 * @param sourceId the item's {@code recordId} as text, which is the record's identity: the number 7 and the text "7" are the same
 * @param arrivedAtMillis the item's {@code ArrivalTimeStamp} in milliseconds since 1970; null if it has none that is understood
 * @param item what the item says beyond these and its token: field → JSON; also an {@code ArrivalTimeStamp} that milliseconds don't say
 *     exactly
 * @param fields the record in the token, by the source's names; one that is missing there is missing here
 */
public record AccessLog(
        String sourceId, Long arrivedAtMillis, Map<String, String> item, Map<String, FieldValue> fields) {

    private static final int HASH_LENGTH = 16;

    /** Copies the maps, whose order says nothing. */
    public AccessLog {
        item = Map.copyOf(item);
        // Not Map.copyOf, which takes longer to fill and to search: there is one for each record.
        fields = Collections.unmodifiableMap(new HashMap<>(fields));
    }

    /** 16 hex digits of the SHA-256 of what was in the token; a record that comes again with another arrival has the same. */
    public String contentHash() {
        StringBuilder content = new StringBuilder(512);
        new TreeMap<>(fields)
                .forEach((name, value) -> content.append(name.length())
                        .append(':')
                        .append(name)
                        .append(value.form().name().charAt(0))
                        .append(value.text().length())
                        .append(':')
                        .append(value.text()));
        return sha256(content.toString().getBytes(StandardCharsets.UTF_8)).substring(0, HASH_LENGTH);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "record with " + fields.size() + " fields";
    }
}
