package io.retaillake.common.command;

/** How wide the terminal is in front of which a person has started this process, as {@code bin/launch.sh} and the commands tell it. */
public final class TerminalColumns {

    private static final String PROPERTY = "retail-lake.columns";

    private TerminalColumns() {}

    /** That of the terminal that standard error is; 0 where it is none, or one on which no line can be written again. */
    public static int ofMessages() {
        return "dumb".equals(System.getenv("TERM")) ? 0 : Integer.getInteger(PROPERTY, 0);
    }

    /** That of the terminal that results are printed on; 0 where they go elsewhere. */
    public static int ofResults() {
        return isInteractive() ? ofMessages() : 0;
    }

    /** Whether a person can type there and sees what is printed: standard input and output are a terminal. */
    // There is no console where one of the two is none, up to Java 21.
    @SuppressWarnings("SystemConsoleNull")
    public static boolean isInteractive() {
        return System.console() != null;
    }

    /** Whether a command on a person's machine has started this process, wherever it prints; no other way to start a job tells a width. */
    public static boolean isTold() {
        return Integer.getInteger(PROPERTY) != null;
    }

    /** The option with which a process that this one starts is told. */
    public static String option(int columns) {
        return "-D" + PROPERTY + "=" + columns;
    }
}
