package io.retaillake.statemachine;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A state's retriers, and how often each was used since the state was entered. */
final class RetryPolicy {

    private static final int DEFAULT_INTERVAL_SECONDS = 1;
    private static final int DEFAULT_ATTEMPTS = 3;
    private static final double DEFAULT_BACKOFF = 2;

    private final List<Map<String, Object>> retriers;
    private final Map<Integer, Integer> used = new HashMap<>();

    RetryPolicy(List<Map<String, Object>> retriers) {
        this.retriers = retriers;
    }

    /**
     * The delay before the next attempt; nothing if there is none. The first retrier that names the error decides. Of a delay with
     * jitter it is the longest.
     */
    Optional<Duration> delayAfter(String error) {
        for (int i = 0; i < retriers.size(); i++) {
            Map<String, Object> retrier = retriers.get(i);
            if (names(retrier, error)) {
                int before = used.merge(i, 1, Integer::sum) - 1;
                return before < number(retrier, "MaxAttempts", DEFAULT_ATTEMPTS)
                        ? Optional.of(delay(retrier, before))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Duration delay(Map<String, Object> retrier, int before) {
        double seconds = number(retrier, "IntervalSeconds", DEFAULT_INTERVAL_SECONDS)
                * Math.pow(number(retrier, "BackoffRate", DEFAULT_BACKOFF), before);
        return Duration.ofSeconds(Math.round(Math.min(seconds, number(retrier, "MaxDelaySeconds", Double.MAX_VALUE))));
    }

    /** Whether a retrier or catcher is for an error. */
    static boolean names(Map<String, Object> rule, String error) {
        List<Object> names = Json.array(rule.get("ErrorEquals"));
        return names.contains(error)
                || names.contains("States.ALL")
                || (names.contains("States.TaskFailed") && !error.equals("States.Timeout"));
    }

    private static double number(Map<String, Object> retrier, String field, double otherwise) {
        return ((Number) retrier.getOrDefault(field, otherwise)).doubleValue();
    }
}
