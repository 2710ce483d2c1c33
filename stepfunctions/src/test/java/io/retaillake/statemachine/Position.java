package io.retaillake.statemachine;

import java.util.List;
import java.util.Map;

/**
 * Where an execution stands, so that a redrive can go on there.
 *
 * @param state the state that it is in
 * @param input that state's input
 * @param variables what has been assigned
 * @param strands how far the state's branches or iterations have come; empty before it has begun, and for other states
 */
record Position(String state, Object input, Map<String, Object> variables, List<Strand> strands) {

    /** A branch of a Parallel state, or an iteration of a Map state. */
    sealed interface Strand {

        /** It ended well; a redrive does not repeat it. */
        record Finished(Object output) implements Strand {}

        /** It failed, was aborted, or has not begun. */
        record Open(Position position) implements Strand {}
    }

    static Position at(String state, Object input, Map<String, Object> variables) {
        return new Position(state, input, Map.copyOf(variables), List.of());
    }

    Position with(List<Strand> begun) {
        return new Position(state, input, variables, List.copyOf(begun));
    }
}
