package io.retaillake.common.event;

/** That a value of an accepted event could not be used and is null instead. */
public enum Note {
    /** Neither an IPv4 nor an IPv6 address. */
    IP_ADDRESS_NOT_UNDERSTOOD,
    /** Not a whole number that an int holds. */
    STATUS_CODE_NOT_UNDERSTOOD,
    /** Not a whole number from 0 that a long holds. */
    RESPONSE_SIZE_NOT_UNDERSTOOD
}
