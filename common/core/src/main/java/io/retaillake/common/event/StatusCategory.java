package io.retaillake.common.event;

/** The class of an HTTP status code. */
public enum StatusCategory {
    INFORMATIONAL("Informational"),
    SUCCESS("Success"),
    REDIRECTION("Redirection"),
    CLIENT_ERROR("Client Error"),
    SERVER_ERROR("Server Error"),
    UNKNOWN("Unknown");

    private final String label;

    StatusCategory(String label) {
        this.label = label;
    }

    /** As it is stored: {@code Client Error}. */
    public String label() {
        return label;
    }

    /** 100 to 199 informational, …, 500 to 599 server error, anything else and null unknown. */
    static StatusCategory of(Integer statusCode) {
        if (statusCode == null || statusCode < 100 || statusCode > 599) {
            return UNKNOWN;
        }
        return values()[statusCode / 100 - 1];
    }
}
