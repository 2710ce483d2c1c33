package io.retaillake.queries;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;

/**
 * Runs jobs in a process of its own, one after the other, for Spark's and Trino's class paths don't mix. Reads a job's class
 * and arguments from each line of standard input, separated by tabs, and answers each with a line: how it ended.
 */
final class JobRunner {

    static final String SUCCEEDED = "succeeded";
    static final String FAILED = "failed ";

    private JobRunner() {}

    /** Ends when standard input does, so at the latest with the process that started it. */
    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        PrintStream answers = System.out;
        System.setOut(System.err);
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            answers.println(run(line.split("\t", -1)));
            answers.flush();
        }
    }

    private static String run(String[] words) throws ReflectiveOperationException {
        String[] arguments = new String[words.length - 1];
        System.arraycopy(words, 1, arguments, 0, arguments.length);
        try {
            Class.forName(words[0]).getMethod("main", String[].class).invoke(null, (Object) arguments);
            return SUCCEEDED;
        } catch (InvocationTargetException e) {
            return FAILED + String.valueOf(e.getCause()).replace('\n', ' ');
        }
    }
}
