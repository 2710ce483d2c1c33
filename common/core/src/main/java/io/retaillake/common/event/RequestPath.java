package io.retaillake.common.event;

/** Takes from a request's path what visitors have typed or carry along. */
final class RequestPath {

    private RequestPath() {}

    /**
     * The path with its query's names and without their values: {@code /search?q=&page=} for {@code /search?q=kim&page=2#top}. A part of
     * the query without {@code =} is a value and left out, as are the fragment and what follows a semicolon in a segment, which is where
     * session ids are put ({@code /cart;jsessionid=…}).
     */
    static String withoutValues(String path) {
        int fragment = path.indexOf('#');
        String request = fragment < 0 ? path : path.substring(0, fragment);
        int question = request.indexOf('?');
        String segments = withoutParameters(question < 0 ? request : request.substring(0, question));
        return question < 0 ? segments : segments + names(request.substring(question + 1));
    }

    private static String withoutParameters(String segments) {
        if (segments.indexOf(';') < 0) {
            return segments;
        }
        StringBuilder kept = new StringBuilder(segments.length());
        boolean parameter = false;
        for (int i = 0; i < segments.length(); i++) {
            char c = segments.charAt(i);
            parameter = c == ';' || (parameter && c != '/');
            if (!parameter) {
                kept.append(c);
            }
        }
        return kept.toString();
    }

    private static String names(String query) {
        StringBuilder names = new StringBuilder();
        int from = 0;
        while (from < query.length()) {
            int to = from;
            int equals = -1;
            while (to < query.length() && query.charAt(to) != '&' && query.charAt(to) != ';') {
                if (query.charAt(to) == '=' && equals < 0) {
                    equals = to;
                }
                to++;
            }
            if (equals >= 0) {
                names.append(names.isEmpty() ? '?' : '&').append(query, from, equals + 1);
            }
            from = to + 1;
        }
        return names.toString();
    }
}
