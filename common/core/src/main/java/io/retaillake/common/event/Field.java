package io.retaillake.common.event;

import io.retaillake.common.json.JsonScanner.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A payload's fields; others are left out. */
enum Field {
    TIMESTAMP("timestamp", false, RejectReason.TIMESTAMP_NOT_TEXT),
    EVENT_TYPE("event_type", false, RejectReason.EVENT_TYPE_NOT_TEXT),
    USER_ID("user_id", true, RejectReason.USER_ID_NOT_TEXT_OR_NUMBER),
    IP_ADDRESS("ip_address", false, RejectReason.IP_ADDRESS_NOT_TEXT),
    STATUS_CODE("status_code", true, RejectReason.STATUS_CODE_NOT_TEXT_OR_NUMBER),
    RESPONSE_SIZE("response_size", true, RejectReason.RESPONSE_SIZE_NOT_TEXT_OR_NUMBER),
    PATH("path", false, RejectReason.PATH_NOT_TEXT);

    private static final Field[] FIELDS = values();

    /** Never changed. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final byte[] name;

    private final boolean mayBeNumber;
    private final RejectReason wrongType;

    Field(String name, boolean mayBeNumber, RejectReason wrongType) {
        this.name = name.getBytes(StandardCharsets.US_ASCII);
        this.mayBeNumber = mayBeNumber;
        this.wrongType = wrongType;
    }

    /** The field whose name lies in the bytes, or null. */
    static Field named(byte[] bytes, int from, int to) {
        for (Field field : FIELDS) {
            if (Arrays.equals(field.name, 0, field.name.length, bytes, from, to)) {
                return field;
            }
        }
        return null;
    }

    /** Why a value of this kind can't be used, or null if it can; a null value is as good as none. */
    RejectReason problemWith(Kind kind) {
        return switch (kind) {
            case STRING, NULL -> null;
            case NUMBER -> mayBeNumber ? null : wrongType;
            default -> wrongType;
        };
    }
}
