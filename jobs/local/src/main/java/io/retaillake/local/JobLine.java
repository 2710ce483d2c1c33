package io.retaillake.local;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line of a job's standard error, as far as the runner understands it. */
sealed interface JobLine {

    /**
     * How far a step has come.
     *
     * @param step what the job is doing
     * @param rows done so far in this step
     * @param expected the rows that the step will have, where the job knows
     */
    record Progress(String step, long rows, OptionalLong expected) implements JobLine {}

    /**
     * The end of a job that succeeded.
     *
     * @param seconds the job's own time, without the start of the JVM and of Spark
     * @param rows what it worked on
     * @param peakMemoryMib the most memory that its process held
     * @param mostTasks the most tasks of a stage that read rows; 0 where the job does not tell
     * @param publishedBefore whether an earlier attempt had published everything, so that there was nothing to do
     */
    record Finished(double seconds, long rows, long peakMemoryMib, int mostTasks, boolean publishedBefore)
            implements JobLine {}

    /** The first line of what went wrong. */
    record Failure(String text) implements JobLine {}

    /** A further line of what went wrong, if it comes after {@link Failure}. */
    record Continuation(String text) implements JobLine {}

    /** Anything else: log lines. */
    record Other() implements JobLine {}

    /** Reads a line; one that is nearly of the protocol is {@link Other}. */
    static JobLine parse(String line) {
        if (line.startsWith("error ")) {
            return new Failure(line.substring("error ".length()));
        }
        if (line.startsWith("  ")) {
            return new Continuation(line);
        }
        try {
            if (line.startsWith("progress ")) {
                Map<String, String> fields = fields(line);
                String expected = fields.get("expected");
                return new Progress(
                        fields.getOrDefault("step", ""),
                        Long.parseLong(fields.get("rows")),
                        expected == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(expected)));
            }
            if (line.startsWith("finished ")) {
                Map<String, String> fields = fields(line);
                return new Finished(
                        Double.parseDouble(fields.getOrDefault("seconds", "")),
                        Long.parseLong(fields.get("rows")),
                        Long.parseLong(fields.get("peak_memory_mib")),
                        Integer.parseInt(fields.getOrDefault("most_tasks", "0")),
                        Boolean.parseBoolean(fields.get("published_before")));
            }
        } catch (NumberFormatException e) {
            return new Other();
        }
        return new Other();
    }

    private static Map<String, String> fields(String line) {
        Map<String, String> fields = new HashMap<>();
        Matcher field = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|(\\S+))").matcher(line);
        while (field.find()) {
            fields.put(field.group(1), field.group(2) == null ? field.group(3) : field.group(2));
        }
        return fields;
    }
}
