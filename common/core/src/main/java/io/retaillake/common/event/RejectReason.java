package io.retaillake.common.event;

/** Why a payload isn't an event. */
public enum RejectReason {
    /** More than {@link EventTransform#MAX_PAYLOAD_BYTES}; nothing else was looked at. */
    TOO_LARGE,
    /** Not one JSON value in UTF-8. */
    NOT_JSON,
    /** More than 64 objects and arrays within each other; what comes after was not looked at. */
    TOO_DEEP,
    NOT_AN_OBJECT,
    /** A field of events is there twice, so that its value is anyone's guess. */
    REPEATED_FIELD,
    /** {@code timestamp} is missing, null or empty. */
    NO_TIMESTAMP,
    TIMESTAMP_NOT_TEXT,
    /** Not a date and time as {@link EventTime} reads it. */
    TIMESTAMP_NOT_UNDERSTOOD,
    /** More than {@link EventTransform#OLDEST} before arrival. */
    TIMESTAMP_TOO_OLD,
    /** More than {@link EventTransform#NEWEST} after arrival. */
    TIMESTAMP_IN_FUTURE,
    EVENT_TYPE_NOT_TEXT,
    USER_ID_NOT_TEXT_OR_NUMBER,
    IP_ADDRESS_NOT_TEXT,
    STATUS_CODE_NOT_TEXT_OR_NUMBER,
    RESPONSE_SIZE_NOT_TEXT_OR_NUMBER,
    PATH_NOT_TEXT
}
