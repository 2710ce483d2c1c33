package io.retaillake.common.publish;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a batch of changes is merged into a table: which rows of the two belong together, and what is done with them.
 *
 * @param key the columns, of both, whose equal values make rows belong together; a change must have them all, and alone
 * @param clauses SQL's {@code WHEN [NOT] MATCHED … THEN …}, in order, which call the two {@code target} and {@code changes}
 */
public record MergeRule(List<String> key, List<String> clauses) {

    public MergeRule {
        key = List.copyOf(key);
        clauses = List.copyOf(clauses);
        if (key.isEmpty() || clauses.isEmpty()) {
            throw new IllegalArgumentException("A merge needs a key and clauses, and has " + key + " and " + clauses);
        }
    }

    /** Changes take the place of the rows with their keys, or are new. */
    public static MergeRule upsert(List<String> key) {
        return new MergeRule(key, List.of("WHEN MATCHED THEN UPDATE SET *", "WHEN NOT MATCHED THEN INSERT *"));
    }

    String sql(String target, String changes) {
        return Stream.concat(
                        Stream.of(
                                "MERGE INTO " + target + " AS target",
                                "USING " + changes + " AS changes",
                                "ON "
                                        + key.stream()
                                                .map(column -> "target.`" + column + "` = changes.`" + column + "`")
                                                .collect(Collectors.joining(" AND "))),
                        clauses.stream())
                .collect(Collectors.joining("\n"));
    }
}
