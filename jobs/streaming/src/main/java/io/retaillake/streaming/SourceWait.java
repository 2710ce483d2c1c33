package io.retaillake.streaming;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.spark.sql.streaming.StreamingQueryStatus;

/** Notices when a query waits for its source's answer: it is only after a minute or more that Spark fails for a broker that is gone. */
final class SourceWait {

    private static final Duration LONG = Duration.ofSeconds(5);

    /** What Spark says while it asks how far the source is. */
    private static final String ASKING = "Getting offsets from";

    private final StreamListener listener;
    private Instant since;
    private boolean told;

    SourceWait(StreamListener listener) {
        this.listener = listener;
    }

    /** Looks at the query, to be done every few moments. */
    void look(StreamingQueryStatus status, Instant now) {
        boolean asks = status.isTriggerActive() && status.message().startsWith(ASKING);
        if (!asks) {
            if (told) {
                listener.answered();
            }
            since = null;
            told = false;
        } else if (since == null) {
            since = now;
        } else if (!told && Duration.between(since, now).compareTo(LONG) >= 0) {
            listener.waiting(since.truncatedTo(ChronoUnit.SECONDS));
            told = true;
        }
    }
}
