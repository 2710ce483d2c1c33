package io.retaillake.common.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retaillake.common.job.JobException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/**
 * What a published snapshot says of its making, in its summary: which run of which job made it, with which arguments, from
 * which inputs, and what was checked. It is the proof that the job is done; the record in {@code ops.job_runs} is a copy.
 *
 * @param run the run, job and arguments
 * @param inputs what was read: a table's snapshot id by the table's name, or the source's snapshot
 * @param checks what was checked before publication; all passed
 * @param facts further figures that later jobs rely on
 * @param startedAt when the job began
 * @param sealedAt when its checks had passed
 */
public record Seal(
        Run run,
        SortedMap<String, String> inputs,
        List<Check> checks,
        SortedMap<String, String> facts,
        Instant startedAt,
        Instant sealedAt) {

    private static final String PREFIX = "retail-lake.";
    private static final ObjectMapper JSON = new ObjectMapper();

    SortedMap<String, String> summary() {
        SortedMap<String, String> summary = new TreeMap<>();
        summary.put(PREFIX + "run-id", run.id());
        summary.put(PREFIX + "job", run.job());
        summary.put(PREFIX + "arguments", toJson(run.arguments()));
        summary.put(PREFIX + "inputs", toJson(inputs));
        summary.put(PREFIX + "checks", toJson(checks));
        summary.put(PREFIX + "facts", toJson(facts));
        summary.put(PREFIX + "started-at", startedAt.toString());
        summary.put(PREFIX + "sealed-at", sealedAt.toString());
        return summary;
    }

    /** The seal in a snapshot's summary; none where no publication made the snapshot. */
    public static Optional<Seal> of(Snapshot snapshot) {
        Map<String, String> summary = snapshot.summary();
        if (!summary.containsKey(PREFIX + "run-id")) {
            return Optional.empty();
        }
        SortedMap<String, String> arguments = fromJson(summary, "arguments", new TypeReference<>() {});
        return Optional.of(new Seal(
                new Run(summary.get(PREFIX + "run-id"), summary.get(PREFIX + "job"), arguments),
                fromJson(summary, "inputs", new TypeReference<>() {}),
                fromJson(summary, "checks", new TypeReference<>() {}),
                fromJson(summary, "facts", new TypeReference<>() {}),
                Instant.parse(summary.get(PREFIX + "started-at")),
                Instant.parse(summary.get(PREFIX + "sealed-at"))));
    }

    /**
     * The seal of what {@code snapshot} holds: its own, or, where it only rewrote files, that of the snapshot whose rows
     * these are.
     */
    public static Optional<Seal> of(Table table, Snapshot snapshot) {
        Snapshot made = snapshot;
        while (made != null && DataOperations.REPLACE.equals(made.operation()) && made.parentId() != null) {
            made = table.snapshot(made.parentId());
        }
        return Optional.ofNullable(made).flatMap(Seal::of);
    }

    static String toJson(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw JobException.defect("A snapshot's summary can't be written", e);
        }
    }

    private static <T> T fromJson(Map<String, String> summary, String name, TypeReference<T> type) {
        try {
            return JSON.readValue(summary.get(PREFIX + name), type);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw JobException.defect(
                    "The snapshot summary's field " + PREFIX + name + " is not what this version writes", e);
        }
    }
}
