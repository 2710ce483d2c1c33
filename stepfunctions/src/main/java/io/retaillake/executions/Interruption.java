package io.retaillake.executions;

import java.io.PrintStream;

/** Tells a person who presses Ctrl-C that the execution goes on without this command. */
final class Interruption {

    private final Thread hook;

    private Interruption(Thread hook) {
        this.hook = hook;
    }

    /** Until it is told to forget, an interruption closes the view and prints {@code message}; the JVM then exits with 130. */
    static Interruption watch(View view, PrintStream err, String message) {
        Thread hook = new Thread(
                () -> {
                    view.close();
                    err.println(message);
                    err.flush();
                },
                "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
        return new Interruption(hook);
    }

    /** An interruption is not to be told of any longer. */
    void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending already: the hook is running.
        }
    }
}
