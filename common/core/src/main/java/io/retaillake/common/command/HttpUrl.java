package io.retaillake.common.command;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** URLs of services, as options name them. */
public final class HttpUrl {

    private static final int HIGHEST_PORT = 65_535;

    private HttpUrl() {}

    /** The URL; nothing where {@code value} is not one of http or https with a host, no user, and a port that there is. */
    public static Optional<URI> parse(String value) {
        try {
            URI url = new URI(value);
            boolean isHttp = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            boolean isPlace = url.getHost() != null && url.getUserInfo() == null && url.getPort() <= HIGHEST_PORT;
            return isHttp && isPlace ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
