package io.retaillake.common.job;

import java.util.ArrayList;
import java.util.List;

/** Collects everything that is wrong with an input, so that it is reported at once. */
public final class Problems {

    private final List<String> messages = new ArrayList<>();

    /** Adds a problem: the option's or field's name, what is wrong with it, and what is allowed. */
    public void add(String message) {
        messages.add(message);
    }

    /** Whether nothing is wrong so far. */
    public boolean isEmpty() {
        return messages.isEmpty();
    }

    /** The problems in the order they were found. */
    public List<String> messages() {
        return List.copyOf(messages);
    }

    /** Throws one exception with all problems, if there are any. */
    public void throwIfAny(String heading) {
        if (!messages.isEmpty()) {
            throw JobException.badArguments(heading + "\n- " + String.join("\n- ", messages));
        }
    }
}
