package io.retaillake.logs;

import io.retaillake.common.accesslog.AccessLog;
import io.retaillake.common.accesslog.AccessLogLine;
import io.retaillake.common.accesslog.Deadline;
import io.retaillake.common.accesslog.LogHour;
import io.retaillake.common.accesslog.LogItem;
import io.retaillake.common.accesslog.NotARecordException;
import io.retaillake.common.accesslog.RejectReason;
import io.retaillake.common.json.JsonScanner;
import io.retaillake.common.json.JsonScanner.Kind;
import io.retaillake.common.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Computes from the turn before and an answer's items what the next turn brings. */
final class NextTurn {

    private final Turn before;
    private final KeyRing keys;
    private final StoredIds stored;
    private final Duration timePerRecord;
    private final Instant answeredAt;

    private final Recent recent;
    private final Recent rejected;
    private final Gaps gaps;
    private final SortedMap<LogHour, StringBuilder> lines = new TreeMap<>();
    private final SortedMap<String, String> rejects = new TreeMap<>();
    private final Map<RejectReason, Long> reasons = new EnumMap<>(RejectReason.class);
    private final Map<LogHour, Map<String, String>> lookedUp = new HashMap<>();
    private final List<String> verifiedIds = new ArrayList<>();
    private final List<String> rejectedIds = new ArrayList<>();
    private long received;
    private long accepted;
    private long known;
    private long plainBytes;
    private Long newestArrival;
    private Long oldestNewArrival;

    NextTurn(Turn before, KeyRing keys, StoredIds stored, Duration timePerRecord, Instant answeredAt) {
        this.before = before;
        this.keys = keys;
        this.stored = stored;
        this.timePerRecord = timePerRecord;
        this.answeredAt = answeredAt;
        this.recent = new Recent(before.recent());
        this.rejected = new Recent(before.rejected());
        this.gaps = new Gaps(before.gaps(), before.gapsThrough(), before.highestId());
        this.newestArrival = before.newestArrival();
    }

    /** Takes an answer's items, in their order. */
    void add(List<byte[]> items) {
        items.forEach(this::add);
        gaps.see(verifiedIds, rejectedIds);
    }

    private void add(byte[] json) {
        received++;
        LogItem item = LogItem.of(json).orElse(null);
        try {
            if (item == null || item.token() == null) {
                throw new NotARecordException(
                        RejectReason.NOT_AN_ITEM, "the element is no object with data, or names a field twice");
            }
            if (item.id() == null) {
                throw new NotARecordException(
                        RejectReason.NO_ID, "recordId is missing, or neither a text nor a whole number");
            }
            byte[] plainText = keys.open(item.token());
            // From here on: keys may have been fetched over the network.
            accept(item.record(plainText, Deadline.after(timePerRecord)), plainText.length);
        } catch (NotARecordException e) {
            reject(json, item, e);
        }
    }

    private void accept(AccessLog log, int bytes) throws NotARecordException {
        String id = log.sourceId();
        String hash = log.contentHash();
        LogHour hour = LogItem.hour(log);
        String there = recent.get(id);
        if (there == null && !gaps.isBeyond(id)) {
            there = lookedUp.computeIfAbsent(hour, stored::of).get(id);
        }
        if (there != null && !there.equals(hash)) {
            throw new NotARecordException(
                    RejectReason.OTHER_CONTENT, "there is a record with this recordId and other content");
        }
        verifiedIds.add(id);
        if (there != null) {
            known++;
            return;
        }
        recent.put(id, hash);
        lines.computeIfAbsent(hour, any -> new StringBuilder())
                .append(AccessLogLine.of(log))
                .append('\n');
        accepted++;
        plainBytes += bytes;
        noteArrival(log.arrivedAtMillis());
    }

    private void noteArrival(Long arrival) {
        if (arrival != null) {
            newestArrival = newestArrival == null ? arrival : Math.max(newestArrival, arrival);
            oldestNewArrival = oldestNewArrival == null ? arrival : Math.min(oldestNewArrival, arrival);
        }
    }

    private void reject(byte[] json, LogItem item, NotARecordException why) {
        if (item != null && item.id() != null && why.reason() != RejectReason.OTHER_CONTENT) {
            rejectedIds.add(item.id());
        }
        String hash = Names.itemHash(json);
        if (why.reason().name().equals(rejected.get(hash))) {
            known++;
            return;
        }
        rejected.put(hash, why.reason().name());
        reasons.merge(why.reason(), 1L, Long::sum);
        StringBuilder text = new StringBuilder(json.length + 200);
        JsonText.append(text.append("{\"reason\":"), why.reason().name());
        JsonText.append(text.append(",\"message\":"), why.getMessage());
        text.append(",\"item\":");
        String written = new String(json, StandardCharsets.UTF_8);
        if (new JsonScanner(json, 0).value(0) == Kind.MALFORMED) {
            // Nested too deep to be read, so perhaps no JSON.
            JsonText.append(text, written);
        } else {
            text.append(written);
        }
        text.append("}\n");
        boolean hasArrival = item != null && item.arrivedAtMillis() != null;
        rejects.put(
                Names.reject(hasArrival ? Instant.ofEpochMilli(item.arrivedAtMillis()) : answeredAt, hash),
                text.toString());
    }

    /** Whether there is nothing that wasn't there. */
    boolean isEmpty() {
        return accepted == 0 && rejects.isEmpty();
    }

    /** The turn. */
    Turn turn(String collector, Answer answer) {
        Map<String, String> objects = new TreeMap<>(rejects);
        long number = before.number() + 1;
        lines.forEach((hour, text) -> objects.put(Names.hourObject(hour, number, text.toString()), text.toString()));
        return new Turn(
                number,
                collector,
                answer.at(),
                answer.etag(),
                answer.lastModified(),
                newestArrival,
                gaps.highest(),
                gaps.through(),
                gaps.open(),
                recent.entries(),
                rejected.entries(),
                objects);
    }

    /** What there is to say about it. */
    TurnResult result(Duration took) {
        long storedBytes = lines.values().stream()
                .mapToLong(text -> Gzip.of(text.toString()).length)
                .sum();
        long arrivalGap = before.newestArrival() == null || oldestNewArrival == null || gaps.highest() != null
                ? 0
                : Math.max(0, oldestNewArrival - before.newestArrival());
        return new TurnResult(
                before.number() + (isEmpty() ? 0 : 1),
                received,
                accepted,
                known,
                reasons,
                gaps.missing(),
                gaps.found(),
                gaps.open(),
                Duration.ofMillis(arrivalGap),
                plainBytes,
                storedBytes,
                took);
    }
}
