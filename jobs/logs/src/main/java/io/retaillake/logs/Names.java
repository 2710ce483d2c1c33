package io.retaillake.logs;

import io.retaillake.common.accesslog.LogHour;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of a log's objects. */
final class Names {

    static final String DATA = "data/logs/";
    static final String TURNS = "turns/";

    static final String REJECTS = "rejects/";
    private static final Pattern TURN = Pattern.compile("turns/(\\d{10})\\.json\\.gz");
    private static final Pattern HOUR_OBJECT = Pattern.compile("data/logs/.*/(\\d{10})-[0-9a-f]{16}\\.jsonl\\.gz");
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("'year='uuuu/'month='MM/'day='dd", Locale.ROOT);

    private Names() {}

    /** {@code turns/0000000017.json.gz}. */
    static String turn(long number) {
        return String.format(Locale.ROOT, "turns/%010d.json.gz", number);
    }

    /** The number of a {@link #turn}; none for another name. */
    static OptionalLong turnNumber(String name) {
        return number(TURN.matcher(name));
    }

    /** {@code data/logs/year=…/hour=…/0000000017-<hash of the lines>.jsonl.gz}. */
    static String hourObject(LogHour hour, long turn, String lines) {
        return hourFolder(hour)
                + String.format(
                        Locale.ROOT, "%010d-%s.jsonl.gz", turn, sha256(lines).substring(0, 16));
    }

    /** What the names of an hour's objects begin with. */
    static String hourFolder(LogHour hour) {
        return DATA + hour.folder() + '/';
    }

    /** The turn of an {@link #hourObject}; none for another name. */
    static OptionalLong turnOfHourObject(String name) {
        return number(HOUR_OBJECT.matcher(name));
    }

    private static OptionalLong number(Matcher name) {
        return name.matches() ? OptionalLong.of(Long.parseLong(name.group(1))) : OptionalLong.empty();
    }

    /** {@code rejects/year=…/month=…/day=…/<hash of the item>.json.gz}, the day in UTC. */
    static String reject(Instant arrived, String itemHash) {
        return REJECTS + DAY.format(arrived.atOffset(ZoneOffset.UTC)) + '/' + itemHash + ".json.gz";
    }

    /** 32 hex digits of an item's SHA-256. */
    static String itemHash(byte[] item) {
        return sha256(item).substring(0, 32);
    }

    private static String sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The highest number of any object in {@code names}; 0 if none has one. */
    static long highestTurn(List<String> names) {
        return names.stream()
                .map(Names::turnOfHourObject)
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .max()
                .orElse(0);
    }
}
