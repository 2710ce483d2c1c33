package io.retaillake.common.accesslog;

import java.util.List;
import java.util.Optional;

/** Methods of requests as digits: GET 1, POST 2, PUT 3, DELETE 4, PATCH 5. */
final class RequestMethods {

    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE", "PATCH");

    private RequestMethods() {}

    /** The digit; none for other methods. */
    static Optional<String> encode(String method) {
        int index = METHODS.indexOf(method);
        return index < 0 ? Optional.empty() : Optional.of(String.valueOf(index + 1));
    }

    /** The method; none if {@code encoded} is no such digit. */
    static Optional<String> decode(String encoded) {
        if (encoded.length() != 1 || encoded.charAt(0) < '1' || encoded.charAt(0) > '0' + METHODS.size()) {
            return Optional.empty();
        }
        return Optional.of(METHODS.get(encoded.charAt(0) - '1'));
    }
}
