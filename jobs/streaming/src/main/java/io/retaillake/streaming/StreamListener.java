package io.retaillake.streaming;

import io.retaillake.common.publish.Batch;
import java.time.Duration;
import java.time.Instant;

/** Is told what becomes of a stream. */
interface StreamListener {

    /** A batch is in the lake. */
    void written(Batch batch, BatchCounts counts, Duration duration);

    /** The source has given no answer for a while. */
    void waiting(Instant since);

    /** The source has answered after all. */
    void answered();
}
