package io.retaillake.logs;

import io.retaillake.common.json.JsonElements;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** Asks by HTTP GET. */
public final class HttpLogSource implements LogSource {

    private static final Pattern SENDABLE = Pattern.compile("[ -~]{1,512}");

    /** A hundred times what a source shows. Each may become a reject, so an object. */
    static final int MOST_ITEMS = 10_000;

    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private final URI url;
    private final Duration timeout;
    private final int maxBytes;
    private final Clock clock;
    private final HttpClient client;

    /**
     * A source.
     *
     * @param timeout how long an answer may take, until its last byte
     * @param maxBytes how large it may be
     */
    public HttpLogSource(URI url, Duration timeout, int maxBytes, Clock clock) {
        this.url = url;
        this.timeout = timeout;
        this.maxBytes = maxBytes;
        this.clock = clock;
        this.client = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    @Override
    public Answer ask(String etag, String lastModified) throws SourceFailure, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url).header("Accept", "application/json");
        if (etag != null) {
            request.header("If-None-Match", etag);
        }
        if (lastModified != null) {
            request.header("If-Modified-Since", lastModified);
        }
        CompletableFuture<HttpResponse<byte[]>> asked =
                client.sendAsync(request.GET().build(), response -> new BoundedBody(maxBytes));
        try {
            return answer(asked.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            throw failure("gave no whole answer within " + timeout.toMillis() + " ms", true, e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw failure(
                    cause instanceof BoundedBody.TooLargeException
                            ? "answers with more than " + maxBytes + " bytes"
                            : "gave no whole answer: " + (cause instanceof IOException ? cause : e),
                    !(cause instanceof BoundedBody.TooLargeException),
                    e);
        } finally {
            asked.cancel(true);
        }
    }

    private Answer answer(HttpResponse<byte[]> response) throws SourceFailure {
        int status = response.statusCode();
        if (status == NOT_MODIFIED) {
            return new Answer(null, null, null, clock.instant());
        }
        if (status != OK) {
            boolean mayPass = status >= SERVER_ERROR || status == TOO_MANY_REQUESTS || status == REQUEST_TIMEOUT;
            throw new SourceFailure(
                    "The source " + place() + " answers with the status " + status + '.',
                    mayPass,
                    retryAfter(response),
                    null);
        }
        String contentType = response.headers().firstValue("Content-Type").orElse("application/json");
        String mediaType = contentType.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
        if (!mediaType.equals("application/json") && !mediaType.endsWith("+json")) {
            throw failure("answers with " + mediaType + ", not with application/json", true, null);
        }
        byte[] body = response.body();
        List<byte[]> items = JsonElements.of(body, MOST_ITEMS)
                .orElseThrow(() -> failure(
                        "answers with " + body.length
                                + " bytes that are no JSON array, only a part of one, or one of more than " + MOST_ITEMS
                                + " items",
                        true,
                        null));
        return new Answer(items, header(response, "ETag"), header(response, "Last-Modified"), clock.instant());
    }

    /** A header that is sent back; null if it can't be. */
    private static String header(HttpResponse<?> response, String name) {
        return response.headers()
                .firstValue(name)
                .filter(value -> SENDABLE.matcher(value).matches())
                .orElse(null);
    }

    /** In seconds; a date, which is allowed as well, is seldom and left to the usual pauses. */
    private static Duration retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(seconds -> seconds.matches("\\d{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(null);
    }

    private SourceFailure failure(String what, boolean mayPass, Throwable cause) {
        return new SourceFailure("The source " + place() + ' ' + what + '.', mayPass, null, cause);
    }

    /** Without the query, which may have a secret. */
    private String place() {
        return url.getScheme() + "://" + url.getAuthority() + url.getPath();
    }
}
