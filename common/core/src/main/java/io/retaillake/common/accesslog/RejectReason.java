package io.retaillake.common.accesslog;

/** Why an item of the source is no record. Their names are stored. */
public enum RejectReason {
    /** An element of the answer is no JSON object, names a field twice, or has no {@code data}. */
    NOT_AN_ITEM,
    /** The item has no {@code recordId}, or one that is neither a text nor a whole number, or is longer than 256 characters. */
    NO_ID,
    /** {@code data} is no Fernet token. */
    NOT_A_TOKEN,
    /** No key that is known made the token. */
    NOT_VERIFIED,
    /** The token is larger than what a record may be. */
    TOO_LARGE,
    /** Reading the record took longer than it may. */
    TOO_SLOW,
    /** What is in the token is neither a JSON object nor a Python dict. */
    NOT_A_RECORD,
    /** {@code inDate} names no time that can be understood: the record has no hour. */
    NO_TIME,
    /** There is a record with the same {@code recordId}, and other content. */
    OTHER_CONTENT
}
