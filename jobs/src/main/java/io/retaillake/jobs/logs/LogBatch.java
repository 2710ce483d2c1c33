package io.retaillake.jobs.logs;

import io.retaillake.common.job.JobException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * What there is to bring: the objects that are not in the table yet, of complete turns and of hours that are over.
 *
 * <p>A turn is complete when all objects that its log names are there. A collector completes the newest turn before it begins the next, so only
 * the newest can lack some: it is left to the next batch then, as it is where it has no log.
 *
 * @param from what the table has
 * @param to what it has with this batch
 * @param objects in the order of their hours and turns
 * @param waiting those that are there beyond them, for the most part of hours that are not over
 */
record LogBatch(LogPositions from, LogPositions to, List<LogObject> objects, List<LogObject> waiting) {

    private static final Comparator<LogObject> ORDER = Comparator.comparingLong(LogObject::hour)
            .thenComparingLong(LogObject::turn)
            .thenComparing(LogObject::path);

    /**
     * Finds it. Costs a listing of the days that the new turns' logs name, and of those of which hours are over since; where such a turn has no
     * log any more, of all days.
     *
     * @param endHour the first hour that is not over
     * @throws JobException exit code 2 where the folder ends before what the table has, 3 naming every object that a turn's log names and
     *     that is not there
     */
    static LogBatch find(LogFolder folder, LogPositions from, long endHour) {
        List<Long> turns = folder.turns();
        long newestLog = turns.isEmpty() ? -1 : turns.get(turns.size() - 1);
        List<TurnLog> logs =
                folder.logs(turns.stream().filter(turn -> turn >= from.turn()).toList());
        long hour = Math.max(from.hour(), endHour);
        boolean areAllThere = from.hour() > 0 && !turns.isEmpty() && newestLog - from.turn() + 1 == logs.size();
        List<LogObject> found = areAllThere ? folder.objects(days(folder, logs, from.hour(), hour)) : folder.objects();
        long newestFound = found.stream().mapToLong(LogObject::turn).max().orElse(-1);
        long newest = Math.max(newestLog, newestFound);
        if (newest < from.turn() - 1) {
            throw JobException.badArguments("The newest turn in " + folder + " is " + newest
                    + ", but the table has the turns up to " + (from.turn() - 1) + "; nothing was written."
                    + "\nName with --logs the folder that the table was filled from.");
        }
        boolean isComplete = requireObjects(folder, logs, newest, found) && newest == newestLog;
        // Not beyond the newest turn with objects: the numbers after it are given again, if the logs are lost.
        long end = Math.min(isComplete ? newest + 1 : newest, newestFound + 1);
        LogPositions to = new LogPositions(Math.max(from.turn(), end), hour);
        return new LogBatch(
                from,
                to,
                found.stream()
                        .filter(object -> to.include(object) && !from.include(object))
                        .sorted(ORDER)
                        .toList(),
                found.stream().filter(object -> !to.include(object)).toList());
    }

    private static Collection<LocalDate> days(LogFolder folder, List<TurnLog> logs, long fromHour, long toHour) {
        Set<LocalDate> days = new TreeSet<>();
        logs.stream()
                .flatMap(log -> folder.objects(log).stream())
                .forEach(object -> days.add(LocalDate.ofEpochDay(object.day())));
        LongStream.rangeClosed(Math.floorDiv(fromHour, 24), Math.floorDiv(toHour, 24))
                .mapToObj(LocalDate::ofEpochDay)
                .forEach(days::add);
        return days;
    }

    /** Whether all objects of the newest turn are there; those of the others must be. */
    private static boolean requireObjects(LogFolder folder, List<TurnLog> logs, long newest, List<LogObject> found) {
        Set<String> there = found.stream().map(LogObject::name).collect(Collectors.toSet());
        List<String> missing = new ArrayList<>();
        boolean isNewestComplete = true;
        for (TurnLog log : logs) {
            List<String> lacking = folder.objects(log).stream()
                    .filter(object -> !there.contains(object.name()))
                    .map(LogObject::path)
                    .toList();
            if (log.turn() < newest) {
                missing.addAll(lacking);
            } else {
                isNewestComplete = lacking.isEmpty();
            }
        }
        if (!missing.isEmpty()) {
            throw JobException.badData(
                    "Objects that the collector has written are not there any more; nothing was written.\n- "
                            + String.join("\n- ", missing)
                            + "\nPut them back, from a version of the bucket or a copy. To go on without them, delete the logs of their turns in "
                            + folder + "/turns.");
        }
        return isNewestComplete;
    }

    boolean isEmpty() {
        return from.equals(to);
    }

    /** Its name; one that is repeated with the same positions has the same. */
    String id() {
        return "turn-" + to.turn() + "-hour-" + to.hour();
    }
}
