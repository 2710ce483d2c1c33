package io.retaillake.logs;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Random;

/** Records of a user's doings as a source writes them, some as JSON and some as Python. The same seed and id give the same record. */
final class GeneratedRecords {

    private static final int USERS = 300;
    private static final String[] NAMES = {"김민준", "이서연", "박지후", "O'Brien", "Anna \"Ann\" Lee", "정하은"};
    private static final String[] ACTIVITIES = {"view", "search", "order", "login", "logout", "review"};
    private static final String[] URLS = {"/api/products/", "/api/orders/", "/api/users/", "/api/reviews/"};
    private static final String[] METHODS = {
        "GET", "GET", "GET", "GET", "POST", "POST", "PUT", "DELETE", "PATCH", "HEAD"
    };

    private final long seed;

    GeneratedRecords(long seed) {
        this.seed = seed;
    }

    /** The record with this id, which happened at most {@code period} milliseconds before {@code arrived}. */
    String text(long id, Instant arrived, long period) {
        Random random = random(seed, id);
        int user = random.nextInt(USERS);
        byte[] userId = new byte[32];
        random(seed, -1 - user).nextBytes(userId);
        String activity = pick(random, ACTIVITIES);
        String url = pick(random, URLS) + random.nextInt(500);
        LocalDateTime time = LocalDateTime.ofInstant(arrived.minusMillis(random.nextInt((int) period)), ZoneOffset.UTC);
        int microseconds = random.nextInt(200) == 0 ? 0 : random.nextInt(1_000_000);
        String inDate = time.toLocalDate()
                + String.format(Locale.ROOT, " %02d:%02d:%02d", time.getHour(), time.getMinute(), time.getSecond());
        // As Python writes a time: nothing of the second where there is nothing.
        String fraction = microseconds == 0 ? "" : String.format(Locale.ROOT, ".%06d", microseconds);
        String[] fields = {
            "user_id",
            HexFormat.of().formatHex(userId),
            "record_id",
            String.valueOf(id),
            "activity",
            activity,
            "url",
            url,
            "method",
            pick(random, METHODS),
            "name",
            NAMES[user % NAMES.length],
            "inDate",
            inDate + fraction,
            "detail",
            activity + " by the web, session " + Integer.toHexString(user * 7919 + 4096)
        };
        boolean isPython = random.nextInt(3) > 0;
        StringBuilder text = new StringBuilder(400);
        for (int i = 0; i < fields.length; i += 2) {
            text.append(i == 0 ? "{" : ", ");
            append(text, fields[i], isPython);
            append(text.append(": "), fields[i + 1], isPython);
        }
        return text.append('}').toString();
    }

    private static void append(StringBuilder text, String value, boolean isPython) {
        char quote = isPython && !value.contains("'") ? '\'' : '"';
        text.append(quote)
                .append(quote == '"' ? value.replace("\"", "\\\"") : value)
                .append(quote);
    }

    private static String pick(Random random, String[] values) {
        return values[random.nextInt(values.length)];
    }

    /** Mixed, because neighbouring seeds give neighbouring first numbers. */
    static Random random(long seed, long id) {
        long mixed = (seed * 31 + id) * 0x9E3779B97F4A7C15L;
        return new Random(mixed ^ (mixed >>> 29));
    }
}
