package io.retaillake.logs;

import io.retaillake.common.accesslog.AccessLog;
import io.retaillake.common.accesslog.AccessLogLineReader;
import io.retaillake.common.accesslog.LogHour;
import io.retaillake.common.accesslog.LogItem;
import io.retaillake.common.accesslog.MalformedLineException;
import io.retaillake.common.command.TextTable;
import io.retaillake.common.json.JsonMembers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** All that a log has, read from its objects. Needs memory for every id. */
final class LogContent {

    private static final int TOLD_EACH = 1000;

    private final LogStore store;
    private final Map<String, String> objectOfId = new HashMap<>();
    private final SortedMap<String, long[]> days = new TreeMap<>();
    private final SortedMap<String, Integer> rejects = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();
    private int gaps;
    private long missing;

    private LogContent(LogStore store) {
        this.store = store;
    }

    /** Reads it all. */
    static LogContent of(LogStore store) {
        return of(store, line -> {});
    }

    /** Reads it all; what takes long tells {@code progress} how far it is. */
    static LogContent of(LogStore store, Consumer<String> progress) {
        LogContent content = new LogContent(store);
        // First, because it completes a turn that a killed collector left.
        Turn newest = new Turns(store, Turns.KEPT).newest();
        content.readGaps(newest);
        List<String> hours = store.list(Names.DATA);
        List<String> rejects = store.list(Names.REJECTS);
        Set<String> there = new HashSet<>(hours);
        there.addAll(rejects);
        content.requireObjectsOfTurns(newest.number(), there);
        int objects = hours.size() + rejects.size();
        long began = System.nanoTime();
        for (int i = 0; i < objects; i++) {
            if (i < hours.size()) {
                content.readHour(hours.get(i));
            } else {
                content.readReject(rejects.get(i - hours.size()));
            }
            int read = i + 1;
            if (read % TOLD_EACH == 0 && read < objects) {
                long left = (System.nanoTime() - began) / read * (objects - read);
                progress.accept("read " + read + " of " + objects + " objects, about " + (left / 1_000_000_000 + 1)
                        + " s left");
            }
        }
        return content;
    }

    /** A turn after the newest that was complete may be about to write its objects. */
    private void requireObjectsOfTurns(long newest, Set<String> there) {
        for (String name : store.list(Names.TURNS)) {
            OptionalLong number = Names.turnNumber(name);
            if (number.isEmpty() || number.getAsLong() > newest) {
                continue;
            }
            try {
                byte[] bytes = store.read(name).orElse(null);
                if (bytes != null) {
                    Turn.read(Gzip.text(bytes)).objects().keySet().stream()
                            .filter(object -> !there.contains(object))
                            .forEach(object -> problems.add(object + " is not there any more; " + name + " names it"));
                }
            } catch (IOException | IllegalArgumentException e) {
                problems.add(name + " is damaged: " + e.getMessage());
            }
        }
    }

    private void readHour(String name) {
        LogHour hour = LogHour.ofFolder(folder(name)).orElse(null);
        OptionalLong turn = Names.turnOfHourObject(name);
        if (turn.isEmpty() || hour == null) {
            problems.add(name + " is no object of a collector");
            return;
        }
        try {
            byte[] bytes = store.read(name).orElse(new byte[0]);
            long[] counts = days.computeIfAbsent(hour.start().toLocalDate().toString(), any -> new long[3]);
            counts[1]++;
            counts[2] += bytes.length;
            String text = Gzip.text(bytes);
            if (!Names.hourObject(hour, turn.getAsLong(), text).equals(name)) {
                problems.add(name + " is damaged: it has other lines than its name's hash says");
            }
            for (String line : text.lines().toList()) {
                AccessLog log = AccessLogLineReader.read(line);
                counts[0]++;
                if (!LogItem.hour(log).equals(hour)) {
                    problems.add("the record " + log.sourceId() + " is in " + name + ", which is not its hour");
                }
                String other = objectOfId.put(log.sourceId(), name);
                if (other != null) {
                    problems.add("the record " + log.sourceId() + " is in " + other + " and again in " + name);
                }
            }
        } catch (IOException | MalformedLineException e) {
            problems.add(name + " is damaged: " + e.getMessage());
        }
    }

    private void readGaps(Turn newest) {
        gaps = newest.gaps().size();
        newest.gaps().forEach((first, last) -> missing += last - first + 1);
    }

    private static String folder(String name) {
        return name.substring(Names.DATA.length(), Math.max(Names.DATA.length(), name.lastIndexOf('/')));
    }

    private void readReject(String name) {
        try {
            String text = Gzip.text(store.read(name).orElse(new byte[0]));
            JsonMembers reject = JsonMembers.of(text.getBytes(StandardCharsets.UTF_8))
                    .orElseThrow(() -> new IOException("it is no JSON object"));
            rejects.merge(
                    reject.text(reject.named("reason").orElseThrow(() -> new IOException("it has no reason"))),
                    1,
                    Integer::sum);
        } catch (IOException e) {
            problems.add(name + " is damaged: " + e.getMessage());
        }
    }

    /** How many ids are missing. */
    long missing() {
        return missing;
    }

    /** id → the object that it is in. */
    Map<String, String> records() {
        return objectOfId;
    }

    /** Reason → how many rejects. */
    Map<String, Integer> rejects() {
        return rejects;
    }

    /** What is wrong; nothing if all is well. */
    List<String> problems() {
        return problems;
    }

    /** Tables for people. */
    List<String> lines() {
        List<List<String>> rows = new ArrayList<>();
        days.forEach((day, counts) -> rows.add(
                List.of(day, String.valueOf(counts[0]), String.valueOf(counts[1]), String.valueOf(counts[2]))));
        List<String> lines = new ArrayList<>(TextTable.lines(
                List.of("day", "records", "objects", "bytes"), new boolean[] {false, true, true, true}, rows));
        lines.add("");
        List<List<String>> reasons = new ArrayList<>();
        rejects.forEach((reason, items) -> reasons.add(List.of(reason, items.toString())));
        lines.addAll(TextTable.lines(List.of("reason", "rejects"), new boolean[] {false, true}, reasons));
        lines.add("");
        lines.add(
                missing == 0
                        ? "no id is missing"
                        : missing + " ids are missing, in " + gaps
                                + " ranges: the source has shown higher ones, but not them");
        return lines;
    }
}
