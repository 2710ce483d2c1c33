package io.retaillake.jobs.ops.preflight;

import io.retaillake.common.job.ExitCode;
import io.retaillake.common.job.JobException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What checks have found, printed one by one: fine, worth knowing, wrong, or not to be checked because of what is wrong. */
public final class Findings {

    private final PrintStream out;
    private final Map<String, ExitCode> problems = new LinkedHashMap<>();

    public Findings(PrintStream out) {
        this.out = out;
    }

    void ok(String check, String what) {
        print("ok", check, what);
    }

    /** Not wrong, but someone may want it otherwise. */
    void note(String check, String what) {
        print("note", check, what);
    }

    void skipped(String check, String why) {
        print("skipped", check, why);
    }

    /**
     * Something that would stop a run.
     *
     * @param what what is wrong and what to do
     */
    void problem(String check, ExitCode exitCode, String what) {
        problems.putIfAbsent(check, exitCode);
        print("problem", check, what);
    }

    void problem(String check, JobException failure) {
        problem(check, failure.exitCode(), failure.getMessage());
    }

    private void print(String verdict, String check, String what) {
        List<String> lines = new ArrayList<>(what.strip().lines().toList());
        out.printf("%-7s  %-13s  %s%n", verdict, check, lines.remove(0));
        lines.forEach(line -> out.printf("%-7s  %-13s  %s%n", "", "", line));
    }

    /**
     * Ends well if nothing is wrong.
     *
     * @throws JobException naming the checks that found a problem, with the exit code that the first would have ended a run
     */
    public void throwIfAny() {
        if (problems.isEmpty()) {
            return;
        }
        String message = "Not ready: " + problems.size() + (problems.size() == 1 ? " check" : " checks")
                + " found a problem: " + String.join(", ", problems.keySet())
                + ".\nThe lines that begin with 'problem' say what to do.";
        throw switch (problems.values().iterator().next()) {
            case BAD_ARGUMENTS -> JobException.badArguments(message);
            case BAD_DATA -> JobException.badData(message);
            case OUTSIDE_SYSTEM -> JobException.outsideSystem(message, null);
            case DEFECT -> JobException.defect(message, null);
        };
    }
}
