package io.retaillake.events.send;

import io.retaillake.common.command.CommandException;
import io.retaillake.common.command.TextTable;
import io.retaillake.common.event.RejectReason;
import io.retaillake.events.generator.GeneratedEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What became of the events that were sent. */
public final class SendTotals {

    /** A figure of {@code bin/events check}; so are the three after it. */
    public static final String REJECTS_BY_REASON = "3 rejects by reason";

    public static final String PAYLOADS = "4 payloads";
    public static final String ACCEPTED = "accepted";
    public static final String REJECTED = "rejected";

    private final Map<RejectReason, Long> rejects = new EnumMap<>(RejectReason.class);
    private final Map<String, Long> failures = new TreeMap<>();
    private final Map<String, String> explanations = new TreeMap<>();
    private long sent;
    private long repeated;

    /** These were taken. */
    void sent(Collection<GeneratedEvent> events) {
        sent += events.size();
        events.forEach(event -> event.rejectReason().ifPresent(reason -> rejects.merge(reason, 1L, Long::sum)));
    }

    /** So many were sent once more. An event counts each time. */
    void repeated(long events) {
        repeated += events;
    }

    /**
     * So many were given up.
     *
     * @param code the kind of failure, as the service names it
     * @param explanation what it means and what to do, without anything of a payload; the first one of a code is kept
     */
    void failed(String code, long events, String explanation) {
        failures.merge(code, events, Long::sum);
        explanations.putIfAbsent(code, explanation);
    }

    /** How many were taken. */
    long sent() {
        return sent;
    }

    /** How many were sent once more. */
    long repeated() {
        return repeated;
    }

    /** How many were given up, by the kind of failure. */
    Map<String, Long> failures() {
        return Map.copyOf(failures);
    }

    private long failed() {
        return failures.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The three figures in a line. */
    String line(String target) {
        return String.format(Locale.ROOT, "sent %d, repeated %d, failed %d to %s", sent, repeated, failed(), target);
    }

    /** What is to become of those that were taken, with the names that {@code bin/events check} has for it. */
    List<String> expectations() {
        List<List<String>> rows = new ArrayList<>();
        rejects.entrySet().stream()
                .sorted(Map.Entry.<RejectReason, Long>comparingByValue()
                        .reversed()
                        .thenComparing(reason -> reason.getKey().name()))
                .forEach(reason ->
                        rows.add(row(REJECTS_BY_REASON, reason.getKey().name(), reason.getValue())));
        long rejected = rejects.values().stream().mapToLong(Long::longValue).sum();
        rows.add(row(PAYLOADS, ACCEPTED, sent - rejected));
        rows.add(row(PAYLOADS, REJECTED, rejected));
        return TextTable.lines(List.of("figure", "name", "events"), new boolean[] {false, false, true}, rows);
    }

    private static List<String> row(String figure, String name, long events) {
        return List.of(figure, name, Long.toString(events));
    }

    /** A problem for each kind of failure; none if everything was taken. */
    Optional<CommandException> failure(String target) {
        List<String> problems = new ArrayList<>();
        failures.forEach((code, events) -> problems.add(events + (events == 1 ? " event was" : " events were")
                + " not taken by " + target + ": " + code + "\n" + explanations.get(code)));
        return problems.isEmpty()
                ? Optional.empty()
                : Optional.of(new CommandException(CommandException.OUTSIDE_SYSTEM, problems));
    }
}
