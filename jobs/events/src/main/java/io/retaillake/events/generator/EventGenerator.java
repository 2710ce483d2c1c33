package io.retaillake.events.generator;

import io.retaillake.common.event.RejectReason;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Users' events as a shop's servers would send them, with what varies among valid ones: a status code as text, fields that are missing or
 * null, up to two seconds between an event and its sending. The same seed and moments give the same events.
 *
 * <p>Which payloads are defective, which events are late and what is in them are drawn apart: another share of defects changes nothing in the
 * events that are left.
 */
public final class EventGenerator {

    private static final List<String> TYPES = List.of("login", "logout", "purchase", "view", "view", "view");
    private static final List<Integer> STATUSES = List.of(200, 200, 200, 200, 200, 201, 302, 404, 500);
    private static final List<String> PATHS = List.of("/", "/api/users", "/api/orders", "/api/orders?page=2");
    private static final List<String> OPTIONAL_FIELDS =
            List.of("event_type", "user_id", "ip_address", "status_code", "response_size", "path");
    private static final RejectReason[] REASONS = RejectReason.values();
    private static final Duration LATE = Duration.ofMinutes(20);
    private static final int LONGEST_DELAY_MILLISECONDS = 2_000;
    private static final double MISSING_FIELD_SHARE = 0.03;
    private static final double NULL_FIELD_SHARE = 0.03;
    private static final double STATUS_AS_TEXT_SHARE = 0.1;

    private final double defectShare;
    private final double lateShare;
    private final SplittableRandom defects;
    private final SplittableRandom times;
    private final SplittableRandom contents;

    /**
     * A generator.
     *
     * @param defectShare how many of the payloads are no events, 0 to 1, each reason as often
     * @param lateShare how many of the events happened twenty minutes before they are sent, 0 to 1
     */
    public EventGenerator(long seed, double defectShare, double lateShare) {
        this.defectShare = defectShare;
        this.lateShare = lateShare;
        SplittableRandom random = new SplittableRandom(seed);
        this.defects = random.split();
        this.times = random.split();
        this.contents = random.split();
    }

    /** The next payload, made {@code now}. */
    public GeneratedEvent next(Instant now) {
        Instant happened = now.minusMillis(times.nextInt(LONGEST_DELAY_MILLISECONDS + 1));
        if (times.nextDouble() < lateShare) {
            happened = happened.minus(LATE);
        }
        int userId = 1000 + contents.nextInt(9000);
        Map<String, String> fields = fields(happened.truncatedTo(ChronoUnit.MILLIS), userId);
        Optional<RejectReason> reason = defects.nextDouble() < defectShare
                ? Optional.of(REASONS[defects.nextInt(REASONS.length)])
                : Optional.empty();
        String payload =
                reason.map(why -> DefectivePayload.of(fields, now, why)).orElseGet(() -> JsonFields.object(fields));
        return new GeneratedEvent(payload, Integer.toString(userId), now, reason);
    }

    private Map<String, String> fields(Instant happened, int userId) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("timestamp", JsonFields.text(happened.toString()));
        fields.put("event_type", JsonFields.text(oneOf(TYPES)));
        fields.put("user_id", Integer.toString(userId));
        fields.put("ip_address", JsonFields.text(address()));
        String status = oneOf(STATUSES).toString();
        fields.put("status_code", contents.nextDouble() < STATUS_AS_TEXT_SHARE ? JsonFields.text(status) : status);
        fields.put("response_size", Integer.toString(100 + contents.nextInt(4901)));
        fields.put("path", JsonFields.text(oneOf(PATHS)));
        double share = contents.nextDouble();
        String field = oneOf(OPTIONAL_FIELDS);
        if (share < MISSING_FIELD_SHARE) {
            fields.remove(field);
        } else if (share < MISSING_FIELD_SHARE + NULL_FIELD_SHARE) {
            fields.put(field, "null");
        }
        return fields;
    }

    private String address() {
        return contents.nextInt(10) == 0
                ? "2001:db8:" + Integer.toHexString(1 + contents.nextInt(0xfffe)) + "::1"
                : "192.168." + (1 + contents.nextInt(10)) + "." + (1 + contents.nextInt(254));
    }

    private <T> T oneOf(List<T> values) {
        return values.get(contents.nextInt(values.size()));
    }
}
