package io.retaillake.streaming;

import io.retaillake.common.publish.Batch;
import java.time.Duration;

/** Is told of each batch that is in the lake. */
@FunctionalInterface
interface BatchListener {

    /** A batch was written. */
    void written(Batch batch, BatchCounts counts, Duration duration);
}
