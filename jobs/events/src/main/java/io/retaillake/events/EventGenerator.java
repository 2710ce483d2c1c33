package io.retaillake.events;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;

/** Users' events as a shop's servers would send them. The same seed and moments give the same events. */
final class EventGenerator {

    private static final List<String> TYPES = List.of("login", "logout", "purchase", "view", "view", "view");
    private static final List<Integer> STATUSES = List.of(200, 200, 200, 200, 200, 201, 302, 404, 500);
    private static final List<String> PATHS = List.of("/", "/api/users", "/api/orders", "/api/orders?page=2");
    private static final int DEFECTS = 6;
    private static final Duration LATE = Duration.ofMinutes(20);

    private final Random random;
    private final double defectShare;
    private final double lateShare;

    /**
     * A generator.
     *
     * @param defectShare how many of the payloads are no events, 0 to 1
     * @param lateShare how many of the events happened twenty minutes ago, 0 to 1
     */
    EventGenerator(long seed, double defectShare, double lateShare) {
        this.random = new Random(seed);
        this.defectShare = defectShare;
        this.lateShare = lateShare;
    }

    /** The next payload, of {@code now}. */
    byte[] next(Instant now) {
        boolean defective = random.nextDouble() < defectShare;
        boolean late = random.nextDouble() < lateShare;
        Instant when = (late ? now.minus(LATE) : now).truncatedTo(ChronoUnit.MILLIS);
        String event = event(when);
        return (defective ? defect(event, now) : event).getBytes(StandardCharsets.UTF_8);
    }

    private String event(Instant when) {
        return "{\"timestamp\":\"" + when + "\",\"event_type\":\"" + oneOf(TYPES) + "\",\"user_id\":"
                + (1000 + random.nextInt(9000)) + ",\"ip_address\":\"" + address() + "\",\"status_code\":"
                + oneOf(STATUSES) + ",\"response_size\":" + (100 + random.nextInt(4901)) + ",\"path\":\""
                + oneOf(PATHS) + "\"}";
    }

    private String address() {
        return random.nextInt(10) == 0
                ? "2001:db8:" + Integer.toHexString(1 + random.nextInt(0xfffe)) + "::1"
                : "192.168." + (1 + random.nextInt(10)) + "." + (1 + random.nextInt(254));
    }

    private String defect(String event, Instant now) {
        return switch (random.nextInt(DEFECTS)) {
            case 0 -> event.substring(0, event.length() / 2);
            case 1 -> event.replaceFirst("\"timestamp\":\"[^\"]*\",", "");
            case 2 -> event(now.minus(Duration.ofDays(8)));
            case 3 -> event(now.plus(Duration.ofHours(1)));
            case 4 -> event.replaceFirst("\\{", "{\"path\":\"/\",");
            default -> event.replaceFirst("\"ip_address\":\"[^\"]*\"", "\"ip_address\":[1]");
        };
    }

    private <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
