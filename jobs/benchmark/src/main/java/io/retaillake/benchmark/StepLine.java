package io.retaillake.benchmark;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a contestant's process says of a step when it is done, as a line of its standard error.
 *
 * @param layer bronze, silver, gold or floor
 * @param name what was done
 * @param seconds how long it took
 * @param cpuSeconds the process's user and system time meanwhile
 * @param bytesWritten what the contestant's folder grew by
 */
record StepLine(String layer, String name, double seconds, double cpuSeconds, long bytesWritten) {

    private static final String BEGIN = "step ";
    private static final Pattern FIELD = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|(\\S+))");

    String text() {
        return String.format(
                Locale.ROOT,
                "%slayer=%s name=\"%s\" seconds=%.3f cpu_seconds=%.3f bytes_written=%d",
                BEGIN,
                layer,
                name,
                seconds,
                cpuSeconds,
                bytesWritten);
    }

    /** Absent if the line is about something else. */
    static Optional<StepLine> parse(String line) {
        if (!line.startsWith(BEGIN)) {
            return Optional.empty();
        }
        Map<String, String> fields = new HashMap<>();
        Matcher field = FIELD.matcher(line);
        while (field.find()) {
            fields.put(field.group(1), field.group(2) == null ? field.group(3) : field.group(2));
        }
        return Optional.of(new StepLine(
                fields.get("layer"),
                fields.get("name"),
                Double.parseDouble(fields.get("seconds")),
                Double.parseDouble(fields.get("cpu_seconds")),
                Long.parseLong(fields.get("bytes_written"))));
    }
}
