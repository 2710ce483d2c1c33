package io.retaillake.common.source;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a connection to the source uses TLS; the names and meanings are PostgreSQL's. */
public enum SslMode {
    /** No TLS. */
    DISABLE,
    /** TLS where the server offers it, nothing verified. */
    PREFER,
    /** TLS, nothing verified. */
    REQUIRE,
    /** TLS, the server's certificate is from a known authority. */
    VERIFY_CA,
    /** TLS, and the certificate names the host that was connected to. */
    VERIFY_FULL;

    /** The name that PostgreSQL uses, e.g. {@code verify-full}. */
    public String parameter() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<SslMode> parse(String parameter) {
        return Arrays.stream(values())
                .filter(mode -> mode.parameter().equals(parameter))
                .findFirst();
    }
}
