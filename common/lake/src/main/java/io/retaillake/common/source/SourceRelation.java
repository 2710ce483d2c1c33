package io.retaillake.common.source;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What the source's catalog says of a table to extract.
 *
 * @param schema its schema
 * @param name its name
 * @param kind what PostgreSQL calls it, e.g. {@code table} or {@code view}
 * @param isHeap whether its rows lie in pages that ctid ranges address
 * @param hasChildren whether other tables inherit from it; partitions don't count
 * @param sizeBytes its size on disk, indexes not included; 0 for what has none
 * @param pages its pages; 0 for what has none
 * @param estimatedRows the planner's estimate; -1 where it has none
 * @param typesByColumn its columns' types, as PostgreSQL writes them
 * @param notices what was changed in it without keeping it from being extracted, one line each
 * @param keyIsEnforced whether a valid unique index over not-null columns covers exactly the contract's key
 * @param serverVersion the server's version number, e.g. 170004
 */
public record SourceRelation(
        String schema,
        String name,
        String kind,
        boolean isHeap,
        boolean hasChildren,
        long sizeBytes,
        long pages,
        long estimatedRows,
        SortedMap<String, String> typesByColumn,
        List<String> notices,
        boolean keyIsEnforced,
        int serverVersion) {

    private static final int FIRST_VERSION_WITH_TID_RANGE_SCAN = 140_000;

    /** Its quoted name. */
    public String quotedName() {
        return quote(schema) + "." + quote(name);
    }

    /** Whether {@code LOCK TABLE} takes it. */
    public boolean isLockable() {
        return !kind.equals("foreign table") && !kind.equals("materialized view");
    }

    /** Why it must be read over one connection; none where ctid ranges can be read in parallel. */
    public Optional<String> reasonForOneConnection() {
        if (!isHeap) {
            return Optional.of("it is a " + kind + ", whose rows have no ctid ranges of their own");
        }
        if (hasChildren) {
            return Optional.of("other tables inherit from it, whose rows lie in pages of their own");
        }
        if (serverVersion < FIRST_VERSION_WITH_TID_RANGE_SCAN) {
            return Optional.of("the server's version is " + serverVersion / 10_000
                    + ", and before 14 every ctid range scans the whole table");
        }
        return Optional.empty();
    }

    /** An identifier as PostgreSQL reads it literally. */
    public static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
