package io.retaillake.common.relay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Keeps the requests that it passes on. */
public final class RecordingRelay extends HttpRelay {

    private final List<Request> requests = new ArrayList<>();

    /**
     * A request.
     *
     * @param method the method
     * @param target path and query, as they were sent
     * @param headers their values by their names in lower case
     * @param body what a POST carried, else empty
     */
    public record Request(String method, String target, Map<String, String> headers, String body) {

        private static Request of(String head, byte[] body) {
            String[] lines = head.strip().split("\r\n", -1);
            String[] start = lines[0].split(" ", 3);
            Map<String, String> headers = new LinkedHashMap<>();
            for (int i = 1; i < lines.length; i++) {
                int colon = lines[i].indexOf(':');
                headers.put(
                        lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                        lines[i].substring(colon + 1).strip());
            }
            String text = start[0].equals("POST") ? new String(body, StandardCharsets.UTF_8) : "";
            return new Request(start[0], start[1], headers, text);
        }
    }

    private RecordingRelay(int serverPort) throws IOException {
        super(serverPort);
    }

    /** Passes on to a server of this machine. */
    public static RecordingRelay start(int serverPort) throws IOException {
        RecordingRelay relay = new RecordingRelay(serverPort);
        relay.listen();
        return relay;
    }

    /** The requests since the last call. */
    public synchronized List<Request> take() {
        List<Request> taken = List.copyOf(requests);
        requests.clear();
        return taken;
    }

    @Override
    protected boolean handle(String head, Connection connection) throws IOException {
        Request request = Request.of(head, connection.forward(head));
        synchronized (this) {
            requests.add(request);
        }
        return true;
    }
}
