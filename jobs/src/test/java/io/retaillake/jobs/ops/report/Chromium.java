package io.retaillake.jobs.ops.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A headless Chromium with one page, driven over the DevTools protocol. */
final class Chromium implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;
    private static final String LISTENING = "DevTools listening on ";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final List<String> complaints = new ArrayList<>();
    private final WebSocket socket;
    private final String session;
    private final Path downloads;
    private int calls;
    private int loads;
    private String downloading;
    private boolean downloaded;

    private Chromium(Process process, String address, Path downloads) throws Exception {
        this.process = process;
        this.downloads = Files.createDirectories(downloads);
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(address), new Listener())
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        String target = call("", "Target.createTarget", Map.of("url", "about:blank"))
                .get("targetId")
                .asText();
        this.session = call("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .get("sessionId")
                .asText();
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            call(domain + ".enable", Map.of());
        }
        call(
                "",
                "Browser.setDownloadBehavior",
                Map.of("behavior", "allow", "downloadPath", downloads.toString(), "eventsEnabled", true));
    }

    /** Where Chromium is, if it is installed. */
    static Optional<Path> executable() {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder).resolve(name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts one that keeps its files in {@code profile} and prefers {@code language}. */
    static Chromium start(Path executable, Path profile, String language) throws Exception {
        Process process = new ProcessBuilder(
                        executable.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--no-first-run",
                        "--hide-scrollbars",
                        "--lang=" + language,
                        "--accept-lang=" + language,
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return new Chromium(process, address(process), profile.resolve("downloads"));
        } catch (Exception e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static String address(Process process) throws IOException {
        BufferedReader lines = process.errorReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(LISTENING)) {
                Thread drain = new Thread(() -> lines.lines().forEach(ignored -> {}), "chromium-log");
                drain.setDaemon(true);
                drain.start();
                return line.substring(LISTENING.length());
            }
        }
        throw new IOException("Chromium ended before it listened");
    }

    /** Shows a file's page in a window so wide, in light or dark. */
    void open(Path page, int width, String colorScheme) throws Exception {
        size(width, colorScheme);
        go(page, "");
    }

    /** Loads a file's page with a fragment behind its address: empty, or {@code #} and what it says. */
    void go(Path page, String fragment) throws Exception {
        int before = loads;
        // Another fragment alone would not load the page again.
        call("Page.navigate", Map.of("url", "about:blank"));
        while (loads == before) {
            receive("the load of an empty page");
        }
        before = loads;
        call("Page.navigate", Map.of("url", page.toUri() + fragment));
        while (loads == before) {
            receive("the load of " + page);
        }
    }

    /** Changes the window of the page that is shown. */
    void size(int width, String colorScheme) throws Exception {
        size(width, 800, colorScheme);
    }

    /** The same with a height. */
    void size(int width, int height, String colorScheme) throws Exception {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
        Map<String, String> feature = Map.of("name", "prefers-color-scheme", "value", colorScheme);
        call("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
    }

    /** The value of a JavaScript expression; of a promise, when it has it. */
    JsonNode evaluate(String expression) throws Exception {
        JsonNode result =
                call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (result.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + result.get("exceptionDetails"));
        }
        return result.get("result").path("value");
    }

    /** What the browser saves when a JavaScript expression is evaluated that presses what leads to a file. */
    String download(String expression) throws Exception {
        downloaded = false;
        evaluate(expression);
        while (!downloaded) {
            receive("the end of a download");
        }
        return Files.readString(downloads.resolve(downloading));
    }

    /** Writes what the whole page looks like as a PNG. */
    void photograph(Path file) throws Exception {
        String data = call("Page.captureScreenshot", Map.of("captureBeyondViewport", true))
                .get("data")
                .asText();
        Files.write(file, Base64.getDecoder().decode(data));
    }

    /** Every error and warning that the console has shown, and every request for anything but the page and what is made of it. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    private JsonNode call(String method, Map<String, ?> parameters) throws Exception {
        return call(session, method, parameters);
    }

    private JsonNode call(String session, String method, Map<String, ?> parameters) throws Exception {
        Map<String, Object> request = new HashMap<>(Map.of("id", ++calls, "method", method, "params", parameters));
        if (!session.isEmpty()) {
            request.put("sessionId", session);
        }
        socket.sendText(JSON.writeValueAsString(request), true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        while (true) {
            JsonNode message = receive(method);
            if (message.path("id").asInt() == calls) {
                if (message.has("error")) {
                    throw new IOException(method + ": " + message.get("error"));
                }
                return message.get("result");
            }
        }
    }

    private JsonNode receive(String awaited) throws Exception {
        JsonNode message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (message == null) {
            throw new IOException("Chromium was silent for " + PATIENCE_SECONDS + " s, awaiting " + awaited);
        }
        notice(message);
        return message;
    }

    private void notice(JsonNode message) {
        JsonNode parameters = message.path("params");
        switch (message.path("method").asText()) {
            case "Page.loadEventFired" -> loads++;
            case "Runtime.exceptionThrown", "Log.entryAdded" -> complaints.add(parameters.toString());
            case "Runtime.consoleAPICalled" -> {
                if (!parameters.path("type").asText().equals("log")) {
                    complaints.add(parameters.toString());
                }
            }
            case "Network.requestWillBeSent" -> {
                String url = parameters.path("request").path("url").asText();
                if (Stream.of("file:", "data:", "about:", "blob:").noneMatch(url::startsWith)) {
                    complaints.add("request for " + url);
                }
            }
            case "Browser.downloadWillBegin" ->
                downloading = parameters.path("suggestedFilename").asText();
            case "Browser.downloadProgress" ->
                downloaded |= parameters.path("state").asText().equals("completed");
            default -> {
                // nothing to complain of
            }
        }
    }

    @Override
    public void close() {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                try {
                    messages.add(JSON.readTree(text.toString()));
                } catch (JsonProcessingException e) {
                    throw new IllegalStateException(e);
                }
                text.setLength(0);
            }
            webSocket.request(1);
            return null;
        }
    }
}
