package io.retaillake.jobs.logs;

import io.retaillake.common.job.PositionRange;
import io.retaillake.common.job.SourcePositions;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * How far the collector's objects are in the table: those of the turns before {@code turn}, as far as they are of hours before {@code hour}.
 * Two numbers, because a turn brings records of an hour that is over and of one that is not; and a record that comes late, of an hour that was
 * over long ago, comes with a new turn. Both only grow, so each object comes with exactly one batch.
 *
 * @param turn the first turn that is not
 * @param hour the first hour that is not, in hours since 1970 by the source's clock
 */
record LogPositions(long turn, long hour) {

    static final LogPositions BEGIN = new LogPositions(0, 0);

    private static final String TURN = "turn";
    private static final String HOUR = "hour";
    private static final long SECONDS = 3600;

    /** The number of the hour that a time of the source is in. */
    static long hourOf(LocalDateTime time) {
        return Math.floorDiv(time.toEpochSecond(ZoneOffset.UTC), SECONDS);
    }

    /** The first moment of the hour of a number. */
    static LocalDateTime beginOf(long hour) {
        return LocalDateTime.ofEpochSecond(hour * SECONDS, 0, ZoneOffset.UTC);
    }

    /** Those that a table says it has reached. */
    static LogPositions of(SourcePositions reached) {
        return new LogPositions(
                reached.offsets().get(TURN).longValueExact(),
                reached.offsets().get(HOUR).longValueExact());
    }

    /** What lies between these and {@code to}. */
    PositionRange to(LogPositions to) {
        return new PositionRange(positions(), to.positions());
    }

    private SourcePositions positions() {
        return SourcePositions.of(Map.of(TURN, turn, HOUR, hour));
    }

    /** Whether an object is in the table when it has come so far. */
    boolean include(LogObject object) {
        return object.turn() < turn && object.hour() < hour;
    }
}
