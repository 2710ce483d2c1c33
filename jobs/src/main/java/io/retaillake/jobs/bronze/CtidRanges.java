package io.retaillake.jobs.bronze;

import java.util.ArrayList;
import java.util.List;

/** Divides a heap into ranges of pages of equal length, without need of a key. */
final class CtidRanges {

    /** What selects everything, for a relation that has no ranges. */
    static final String EVERYTHING = "true";

    private CtidRanges() {}

    /** SQL conditions that together select each row in {@code pages} exactly once; one at least. */
    static List<String> split(PageRange pages, int ranges) {
        long count = Math.max(1, Math.min(ranges, pages.length()));
        List<String> conditions = new ArrayList<>();
        for (long range = 0; range < count; range++) {
            long start = pages.first() + pages.length() * range / count;
            long end = pages.first() + pages.length() * (range + 1) / count;
            conditions.add("ctid >= '(" + start + ",0)'::tid AND ctid < '(" + end + ",0)'::tid");
        }
        return conditions;
    }
}
