package io.retaillake.logs;

import io.retaillake.common.job.JobException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Collects a log turn by turn: asks the source until its records have changed, opens them, and writes what is new. Any number of collectors may work on
 * one log, and each may be killed at any moment: every record is stored once, and no object is half there. Not for several threads at once.
 *
 * <p>In the store it writes {@code data/logs/} (the records by the hour of their {@code inDate}), {@code rejects/} (items that are no records,
 * as they came) and {@code turns/} (what the next turn must know); see {@link io.retaillake.common.accesslog.AccessLogLine} for a record's line.
 */
public final class LogCollector {

    private final CollectorSettings settings;
    private final LogSource source;
    private final KeyRing keys;
    private final Clock clock;
    private final Waiting waiting;
    private final Turns turns;
    private final StoredIds stored;
    private final String name = UUID.randomUUID().toString();

    /** What the source said last, if that was nothing new: the turn before doesn't have it. */
    private Answer nothingNew;

    /**
     * A collector.
     *
     * @param store where the log is kept
     * @param source the server
     * @param keys what opens its tokens
     * @param waiting how it waits between two questions
     */
    public LogCollector(
            CollectorSettings settings, LogStore store, LogSource source, KeyRing keys, Clock clock, Waiting waiting) {
        this.settings = settings;
        this.source = source;
        this.keys = keys;
        this.clock = clock;
        this.waiting = waiting;
        this.turns = new Turns(store, settings.turnsKept());
        this.stored = new StoredIds(store);
    }

    /**
     * One turn. Asks until there is something new, another collector has brought it since {@code since}, or {@code until} is reached; a
     * source that fails is asked again after a pause.
     *
     * @param since when the turn began: what was collected since then is this turn's
     * @return what was new; nothing, if another collector was faster or nothing has changed. After a {@linkplain TurnResult#isPartial() partial}
     *     one, collecting again until the same time takes what may be yet to come
     * @throws JobException exit code 4 if the source gave no answer until then, or the store failed; what the turn had claimed by then is
     *     completed by the next
     */
    public TurnResult collect(Instant since, Instant until) throws InterruptedException {
        Instant began = clock.instant();
        Turn before = turns.newest();
        while (true) {
            Answer answer = ask(before, until);
            NextTurn next = next(before, answer);
            while (!next.isEmpty()) {
                Turn turn = next.turn(name, answer);
                if (turns.claim(turn)) {
                    return next.result(Duration.between(began, clock.instant()));
                }
                before = turns.newest();
                next = next(before, answer);
            }
            if (!answer.isUnchanged()) {
                nothingNew = answer;
            }
            boolean broughtByAnother = !before.answeredAt().isBefore(since);
            if (broughtByAnother || isBeyond(settings.pollEvery(), until)) {
                return next.result(Duration.between(began, clock.instant()));
            }
            waiting.sleep(settings.pollEvery());
            before = turns.newest();
        }
    }

    /**
     * One turn as {@link #collect(Instant, Instant)}, and after a {@linkplain TurnResult#isPartial() partial} one what comes until the same time.
     *
     * @param results is told the turn's result, and those of the further ones that bring something
     */
    public void collect(Instant since, Instant until, Consumer<TurnResult> results) throws InterruptedException {
        TurnResult result = collect(since, until);
        results.accept(result);
        while (result.isPartial()) {
            result = collect(clock.instant().plusMillis(1), until);
            if (result.accepted() + result.rejects() > 0) {
                results.accept(result);
            }
        }
    }

    private boolean isBeyond(Duration pause, Instant until) {
        return clock.instant().plus(pause).isAfter(until);
    }

    private NextTurn next(Turn before, Answer answer) {
        NextTurn next = new NextTurn(before, keys, stored, settings.timePerRecord(), answer.at());
        if (!answer.isUnchanged()) {
            next.add(answer.items());
        }
        return next;
    }

    private Answer ask(Turn before, Instant until) throws InterruptedException {
        boolean isNewer = nothingNew != null && !nothingNew.at().isBefore(before.answeredAt());
        String etag = isNewer ? nothingNew.etag() : before.etag();
        String lastModified = isNewer ? nothingNew.lastModified() : before.lastModified();
        Duration pause = settings.firstPause();
        while (true) {
            try {
                return source.ask(etag, lastModified);
            } catch (SourceFailure e) {
                Duration wait = e.retryAfter() == null ? pause : longer(e.retryAfter(), settings.firstPause());
                if (!e.mayPass() || isBeyond(wait, until)) {
                    throw JobException.outsideSystem(
                            e.getMessage()
                                    + (e.mayPass()
                                            ? "\nIt was asked until the end of the turn. The next turn asks again."
                                            : "\nCheck --url; asking again would not help."),
                            e);
                }
                waiting.sleep(wait);
                pause = shorter(pause.multipliedBy(2), settings.longestPause());
            }
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
