package io.retaillake.common.job;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * A source's records between two positions of the same partitions.
 *
 * @param from the first record of each partition
 * @param to the record after the last of each partition; the same as {@code from} where the partition has none
 */
public record PositionRange(SourcePositions from, SourcePositions to) {

    public PositionRange {
        if (!from.offsets().keySet().equals(to.offsets().keySet())) {
            throw new IllegalArgumentException("Not the same partitions: from " + from + " to " + to);
        }
        from.offsets().forEach((partition, offset) -> {
            if (offset.compareTo(to.offsets().get(partition)) > 0) {
                throw new IllegalArgumentException("Not a range of positions: from " + from + " to " + to);
            }
        });
    }

    /**
     * Why the range does not follow on where {@code reached} ends, one message for each partition that has a gap or an overlap.
     * A partition that {@code reached} does not have may begin anywhere; one that this range does not have stands still.
     */
    public List<String> problemsAfter(SourcePositions reached) {
        List<String> problems = new ArrayList<>();
        from.offsets().forEach((partition, begin) -> {
            BigInteger end = reached.offsets().get(partition);
            if (end != null && !end.equals(begin)) {
                problems.add(partition + " begins at " + begin + ", and the table holds it up to " + end
                        + (begin.compareTo(end) > 0 ? ": a gap" : ": an overlap"));
            }
        });
        return problems;
    }

    @Override
    public String toString() {
        return from + " .. " + to;
    }
}
