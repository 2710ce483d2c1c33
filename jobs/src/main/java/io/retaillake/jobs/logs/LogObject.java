package io.retaillake.jobs.logs;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An object of the collector's: the records of one hour that one turn brought.
 *
 * @param path where it is
 * @param bytes its length
 * @param hour the hour's number, as in {@link LogPositions}
 * @param turn the turn's number
 * @param hash the first {@link #HASH_DIGITS} digits of its lines' SHA-256, as its name has them
 */
record LogObject(String path, long bytes, long hour, long turn, String hash) implements Serializable {

    /** How many digits of its lines' SHA-256 an object's name has. */
    static final int HASH_DIGITS = 16;

    private static final Pattern PATH = Pattern.compile(
            ".*/year=(\\d{4})/month=(\\d{2})/day=(\\d{2})/hour=(\\d{2})/(\\d{10})-([0-9a-f]{16})\\.jsonl\\.gz");

    /** The object that lies at a path; none if it is not one of the collector's. */
    static Optional<LogObject> of(String path, long bytes) {
        Matcher parts = PATH.matcher(path);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            LocalDateTime hour = LocalDateTime.of(
                    Integer.parseInt(parts.group(1)),
                    Integer.parseInt(parts.group(2)),
                    Integer.parseInt(parts.group(3)),
                    Integer.parseInt(parts.group(4)),
                    0);
            return Optional.of(new LogObject(
                    path, bytes, LogPositions.hourOf(hour), Long.parseLong(parts.group(5)), parts.group(6)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** What it is among the collector's objects: hour, turn and hash, whatever the folder. */
    String name() {
        return hour + "/" + turn + "-" + hash;
    }

    /** The number of its day, in days since 1970 by the source's clock. */
    long day() {
        return Math.floorDiv(hour, 24);
    }
}
