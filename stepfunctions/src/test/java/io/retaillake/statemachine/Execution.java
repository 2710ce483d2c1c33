package io.retaillake.statemachine;

import java.time.Instant;
import java.util.Map;

/** Executes a definition on a virtual clock. */
final class Execution {

    private final Definition definition;
    private final Tasks tasks;
    private final String name;
    private final Object input;
    private final Instant startTime;

    /** An execution that is not started yet. */
    Execution(Definition definition, Tasks tasks, String name, Object input, Instant startTime) {
        this.definition = definition;
        this.tasks = tasks;
        this.name = name;
        this.input = input;
        this.startTime = startTime;
    }

    /** Executes it from its first state. */
    Outcome start() {
        return run(Position.at(definition.startAt(), input, Map.of()), startTime, 0);
    }

    /** Goes on where it failed; what had succeeded is not repeated, and retries are counted anew. */
    Outcome redrive(Outcome.Failed failed, Instant time) {
        return run(failed.position(), time, 1);
    }

    private Outcome run(Position position, Instant time, int redriveCount) {
        Map<String, Object> context = Map.of(
                "Execution",
                Map.of(
                        "Id", "arn:aws:states:ap-northeast-2:123456789012:execution:machine:" + name,
                        "Name", name,
                        "Input", input,
                        "StartTime", startTime.toString(),
                        "RedriveCount", redriveCount));
        Instant deadline = time.plusSeconds(definition.timeoutSeconds());
        return new Flow(definition.states(), tasks, context, deadline).run(position, time);
    }
}
