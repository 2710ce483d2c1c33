package io.retaillake.events.send;

import io.retaillake.events.generator.GeneratedEvent;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;

/** One call of an AWS service that takes several records, each by itself. */
interface PutCall {

    /**
     * Puts the events, once.
     *
     * @return for each event, in order, the error code by which it was refused; null where it was taken
     * @throws SdkException if the call failed as a whole
     */
    List<String> put(List<GeneratedEvent> events);
}
