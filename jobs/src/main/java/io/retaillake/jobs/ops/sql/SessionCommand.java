package io.retaillake.jobs.ops.sql;

import java.util.Set;

/** What a line of a session asks for that is no SQL: a word behind a backslash, or one that other shells know. */
sealed interface SessionCommand {

    /** What a person can type. */
    String HELP = """
            statement;     runs the statement, of any number of lines
            \\d             tables
            \\d table       a table's columns, with their types and meanings
            \\timing        says how long each statement takes, or no longer does
            \\? or help     this
            \\q or exit     ends, as Ctrl-D does
            Tab completes names and key words; Ctrl-C cancels a statement; arrows bring back what was typed""";

    /** Those without a backslash; no statement of SQL is one of these words alone. */
    Set<String> WORDS = Set.of("exit", "quit", "help");

    /** Runs a statement that says what was asked for. */
    record Statement(String text) implements SessionCommand {}

    /** Turns the times on or off. */
    record Timing() implements SessionCommand {}

    /** Says what can be typed. */
    record Help() implements SessionCommand {}

    /** Ends the session. */
    record Quit() implements SessionCommand {}

    /** There is no such command. */
    record Unknown(String word) implements SessionCommand {}

    /** Whether a line is one, be it unknown. */
    static boolean isOne(String line) {
        return line.stripLeading().startsWith("\\") || (words(line).length == 1 && WORDS.contains(words(line)[0]));
    }

    private static String[] words(String line) {
        return line.strip().replaceAll(";$", "").strip().split("\\s+", 2);
    }

    /** Reads a line that is one. */
    static SessionCommand of(String line) {
        String[] words = words(line);
        return switch (words[0]) {
            case "\\d" -> new Statement(words.length == 1 ? "SHOW TABLES" : "DESCRIBE TABLE " + words[1]);
            case "\\timing" -> new Timing();
            case "\\?", "\\h", "help" -> new Help();
            case "\\q", "exit", "quit" -> new Quit();
            default -> new Unknown(words[0]);
        };
    }
}
