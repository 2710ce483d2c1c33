package io.retaillake.logs.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.retaillake.common.json.JsonText;
import io.retaillake.logs.CollectorSettings;
import io.retaillake.logs.HttpLogSource;
import io.retaillake.logs.KeyRing;
import io.retaillake.logs.KeySecret;
import io.retaillake.logs.LogCollector;
import io.retaillake.logs.LogStores;
import io.retaillake.logs.TurnResult;
import io.retaillake.logs.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Collects one turn of an encrypted log for a schedule: the function's handler is {@code io.retaillake.logs.lambda.CollectLogsHandler}.
 *
 * <p>Its environment is that of {@link FunctionSettings}, its input that of {@link ScheduledCall}. The log gets the turn's line and its numbers as
 * CloudWatch's metrics, the caller the line in an array, with those of what came later in the same turn. A turn that fails ends the call with an exception, so that Lambda repeats it and in the end hands it to
 * the destination of failures; what the exception says has neither a key nor anything of a record.
 */
public final class CollectLogsHandler implements RequestStreamHandler {

    private static final int MAX_ANSWER_BYTES = 32 << 20;

    private final Clock clock = Clock.systemUTC();
    private final Waiting waiting = Waiting.real();

    private FunctionSettings settings;
    private LogCollector collector;

    /** For Lambda, which makes one for each environment and calls it for one turn at a time. */
    public CollectLogsHandler() {}

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        if (collector == null) {
            open();
        }
        Instant now = clock.instant();
        CollectionTime time = CollectionTime.of(
                ScheduledCall.time(input.readAllBytes(), now),
                now,
                Duration.ofMillis(context.getRemainingTimeInMillis()));
        StringBuilder answer = new StringBuilder("[");
        try {
            if (now.isBefore(time.since())) {
                waiting.sleep(Duration.between(now, time.since()));
            }
            collector.collect(time.since(), time.until(), result -> tell(result, context.getLogger(), answer));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The collector was interrupted while it waited.", e);
        }
        output.write(answer.append(']').toString().getBytes(StandardCharsets.UTF_8));
    }

    private void tell(TurnResult result, LambdaLogger log, StringBuilder answer) {
        log.log(result.line() + '\n');
        log.log(result.metrics(settings.url().getHost(), settings.logs(), clock.instant()) + '\n');
        JsonText.append(answer.length() > 1 ? answer.append(',') : answer, result.line());
    }

    /** Once for each environment: connections, keys and what is known of the stored records are kept from call to call. */
    private void open() {
        settings = FunctionSettings.of(System.getenv());
        collector = new LogCollector(
                CollectorSettings.DEFAULT,
                LogStores.open(settings.logs()),
                new HttpLogSource(settings.url(), CollectionTime.ANSWER_TIMEOUT, MAX_ANSWER_BYTES, clock),
                new KeyRing(new KeySecret(settings.keySecret()), clock),
                clock,
                waiting);
    }
}
