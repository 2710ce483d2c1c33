package io.retaillake.events.send;

import io.retaillake.events.generator.GeneratedEvent;
import java.util.List;

/** Takes events to where they go. */
@FunctionalInterface
public interface EventSender extends AutoCloseable {

    /**
     * Sends a batch, repeats what fails for a passing reason, and returns when each event is either taken or given up.
     *
     * @param totals is told what became of each
     */
    void send(List<GeneratedEvent> events, SendTotals totals);

    @Override
    default void close() {}
}
