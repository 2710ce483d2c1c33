package io.retaillake.local;

import io.retaillake.common.command.CommandException;
import io.retaillake.common.command.ShellWords;
import io.retaillake.common.job.MonthOptions;
import io.retaillake.jobs.RetailJobs;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a person reads when the pipeline has ended. */
final class PipelineReport {

    private static final int LAST_LOG_LINES = 15;
    private static final String REPORT = "data/factdata/gold/report/latest.html";

    private final Project project;
    private final PipelineSettings settings;

    PipelineReport(Project project, PipelineSettings settings) {
        this.project = project;
        this.settings = settings;
    }

    /** Prints times, what the verification said, where everything is, and what to type next. */
    void printSuccess(PrintStream out, List<JobOutcome> outcomes, String database) {
        out.println();
        RunSummary.lines(outcomes).forEach(out::println);
        outcomes.stream()
                .filter(outcome -> outcome.job().equals(RetailJobs.VERIFY_RUN))
                .forEach(outcome -> out.print("\n" + outcome.standardOutput()));
        String onLake = settings.lake().equals(PipelineLake.in(project.defaultLake()))
                ? ""
                : " " + ShellWords.joined(settings.lake().options());
        String sql = project.command("sql") + onLake;
        out.println();
        out.println("report    " + settings.lake().uri(REPORT));
        out.println("lake      " + settings.lake());
        out.println("database  " + database);
        out.println("logs      " + settings.logFolder(project));
        out.println("query     " + sql + " \"SELECT * FROM gold.affiliate_overview WHERE month IS NULL\"");
        out.println("          " + sql + " \"SHOW TABLES IN gold\"");
        out.println("a month   " + ShellWords.joined(again(List.of("--from", "2015-12", "--to", "2015-12"))));
    }

    /** Prints a job's error, where its log is, and how to go on after fixing the cause. */
    void printFailure(PrintStream err, JobOutcome failed) {
        err.println();
        if (failed.errors().isEmpty() || failed.ranOutOfMemory()) {
            err.println("error " + failed.job().name() + " " + describe(failed) + "; the end of its log:");
            LogTail.of(failed.log(), LAST_LOG_LINES).forEach(line -> err.println("  " + line));
        } else {
            err.println("error " + String.join("\n", failed.errors()));
        }
        err.println("log     " + failed.log());
        if (failed.exitCode() == CommandException.BAD_ARGUMENTS) {
            // The same again would be refused again; the error says what to change.
            return;
        }
        List<String> repeat = new ArrayList<>(MonthOptions.arguments(settings.window()));
        Collections.addAll(repeat, "--run-id", settings.runId());
        err.println("repeat  " + ShellWords.joined(again(repeat)) + "   ("
                + (lackedMemory(failed) ? "with a larger --memory; " : "") + "what is finished is left as it is)");
    }

    /** Whether the same command again would fail again. */
    private static boolean lackedMemory(JobOutcome failed) {
        return failed.ranOutOfMemory()
                || failed.errors().stream().anyMatch(line -> line.contains(" ran out of memory"));
    }

    private String describe(JobOutcome failed) {
        if (failed.ranOutOfMemory()) {
            return "ran out of memory. Give it a larger --memory than "
                    + settings.spark().memory() + ", or let it do less at once (--cores)";
        }
        if (failed.signal().isEmpty()) {
            return "ended with exit code " + failed.exitCode() + " and said nothing of why";
        }
        return "was killed by signal " + failed.signal().getAsInt()
                + ". If nobody did that, the machine had no memory left: end other programs or choose a smaller --memory";
    }

    private List<String> again(List<String> further) {
        List<String> words = new ArrayList<>();
        words.add(project.command("pipeline"));
        words.addAll(settings.typed());
        words.addAll(further);
        return words;
    }
}
