package io.retaillake.common.accesslog;

import java.util.Optional;

/** The fields that a record has a column for, in the order in which a line has them. */
public enum LogField {
    USER_ID("user_id", "user_id"),
    RECORD_ID("record_id", "record_id"),
    ACTIVITY("activity", "activity"),
    URL("url", "url"),
    NAME("name", "name"),
    DETAIL("detail", "detail"),
    METHOD("method", "method"),
    IN_DATE("inDate", "in_date");

    private final String source;
    private final String column;

    LogField(String source, String column) {
        this.source = source;
        this.column = column;
    }

    /** Its name in a record of the source. */
    public String source() {
        return source;
    }

    /** Its name in a line. */
    public String column() {
        return column;
    }

    /** Whether strings of the usual kind are stored shorter. */
    public boolean isEncoded() {
        return this == USER_ID || this == METHOD || this == IN_DATE;
    }

    /** The shorter form of a string; none if it has none, or would not come back from it as it was. */
    public Optional<String> encode(String text) {
        Optional<String> encoded = switch (this) {
            case USER_ID -> UserIds.encode(text);
            case METHOD -> RequestMethods.encode(text);
            case IN_DATE -> InDates.encode(text);
            default -> Optional.empty();
        };
        return encoded.filter(shorter -> decode(shorter).filter(text::equals).isPresent());
    }

    /** The string again; none if {@code encoded} is no shorter form. */
    public Optional<String> decode(String encoded) {
        return switch (this) {
            case USER_ID -> UserIds.decode(encoded);
            case METHOD -> RequestMethods.decode(encoded);
            case IN_DATE -> InDates.decode(encoded);
            default -> Optional.empty();
        };
    }
}
