package io.retaillake.common.run;

import io.retaillake.common.job.MonthOptions;
import io.retaillake.common.job.Problems;
import io.retaillake.common.job.Window;
import io.retaillake.common.lake.LakeOptions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that every job has: the lake, the months, and the run's name. */
public final class RunOptions {

    private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,79}");
    private static final DateTimeFormatter GENERATED =
            DateTimeFormatter.ofPattern("'manual-'yyyyMMdd'T'HHmmss.SSS").withZone(ZoneOffset.UTC);

    @Mixin
    private LakeOptions lake;

    @Mixin
    private MonthOptions months;

    @Option(
            names = "--run-id",
            paramLabel = "<id>",
            description = "Name of the run. The same name again repeats the run: what is done is left, the rest is "
                    + "finished. Default: manual-<time>.")
    private String runId;

    /** The arguments that these options describe, or null after adding to {@code problems} what is wrong with them. */
    public JobArguments arguments(Problems problems) {
        int before = problems.messages().size();
        var settings = lake.settings(problems);
        Window window = months.window(problems::add).orElse(null);
        if (runId != null && !RUN_ID.matcher(runId).matches()) {
            problems.add("--run-id is '" + runId
                    + "'; allowed: up to 80 letters, digits, '.', '_' and '-', the first a letter or digit");
        }
        if (problems.messages().size() > before) {
            return null;
        }
        return new JobArguments(settings, window, runId == null ? generatedId() : runId);
    }

    /** Says the name that it chooses: who has to repeat the run needs it. */
    private static String generatedId() {
        String id = GENERATED.format(Instant.now());
        System.err.println("run " + id);
        return id;
    }
}
