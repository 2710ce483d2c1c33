package io.retaillake.jobs.bronze;

import java.util.ArrayList;
import java.util.List;

/** Divides a heap into ranges of pages of equal length, without need of a key. */
final class CtidRanges {

    /** What selects everything, for a relation that has no ranges. */
    static final String EVERYTHING = "true";

    private CtidRanges() {}

    /**
     * SQL conditions that together select each row exactly once. The last has no upper end: pages that are added to the
     * table later hold nothing that the snapshot sees, but costing nothing it needs no proof.
     */
    static List<String> split(long pages, int ranges) {
        long count = Math.max(1, Math.min(ranges, pages));
        List<String> conditions = new ArrayList<>();
        for (long range = 0; range < count; range++) {
            String start = "ctid >= '(" + pages * range / count + ",0)'::tid";
            String end = " AND ctid < '(" + pages * (range + 1) / count + ",0)'::tid";
            conditions.add(range == count - 1 ? start : start + end);
        }
        return conditions;
    }
}
