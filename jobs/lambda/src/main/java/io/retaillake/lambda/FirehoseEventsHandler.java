package io.retaillake.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * Transforms user events for Firehose: the function's handler is {@code io.retaillake.lambda.FirehoseEventsHandler}.
 *
 * <p>Each record of the request is answered once: {@code Ok} with lines of JSON and the hour of UTC as {@code year}, {@code month}, {@code day} and
 * {@code hour}, by which dynamic partitioning names the folder; or {@code ProcessingFailed}, and Firehose stores it, as it came, under
 * the prefix for errors. Nothing is {@code Dropped}. The log gets the numbers, and nothing of the events.
 */
public final class FirehoseEventsHandler implements RequestStreamHandler {

    /** The answer has no room left for the record's events. */
    static final String ANSWER_FULL = "ANSWER_FULL";

    private final InstantSource clock;

    /** For Lambda, which makes one for each environment and calls it for one request at a time. */
    public FirehoseEventsHandler() {
        this(InstantSource.system());
    }

    FirehoseEventsHandler(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        Instant now = clock.instant();
        List<FirehoseRecord> records = FirehoseRequest.read(input, now);
        FirehoseAnswer answer = new FirehoseAnswer(records);
        BatchCounts counts = new BatchCounts();
        for (FirehoseRecord record : records) {
            TransformedRecord transformed = TransformedRecord.of(record, now);
            if (transformed.failed()) {
                answer.failed(record);
                counts.failed(transformed.events(), transformed.reasons());
            } else if (answer.ok(record, transformed)) {
                counts.ok(transformed.events());
            } else {
                answer.failed(record);
                counts.failed(transformed.events(), Set.of(ANSWER_FULL));
            }
        }
        output.write(answer.toBytes());
        context.getLogger().log(counts.line());
    }
}
