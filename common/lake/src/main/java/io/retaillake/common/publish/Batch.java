package io.retaillake.common.publish;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.retaillake.common.job.PositionRange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A part of a source that a query reads and writes at once. It is repeated by one with the same query, id and positions; the rows
 * made of it must be the same each time.
 *
 * @param query the query's name, which stays the same for as long as its positions are to follow on
 * @param id the batch's name in the query, e.g. its number
 * @param range what it holds of the source
 */
public record Batch(String query, String id, PositionRange range) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,79}");

    public Batch {
        for (String name : List.of(query, id)) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("Not the name of a query or batch: " + name
                        + "; allowed: up to 80 letters, digits, '.', '_' and '-', the first a letter or digit");
            }
        }
    }

    /** The batch as the record of runs has it. */
    @JsonIgnore
    Run run() {
        return new Run(
                query + "-" + id,
                query,
                new TreeMap<>(Map.of("window", "positions " + range, "query", query, "batch", id)));
    }

    /** What the record of runs says of an attempt. */
    Seal seal(List<Check> checks, Instant startedAt) {
        return new Seal(run(), new TreeMap<>(), checks, new TreeMap<>(), startedAt, Instant.now());
    }

    @Override
    public String toString() {
        return "batch " + id + " of query " + query;
    }
}
