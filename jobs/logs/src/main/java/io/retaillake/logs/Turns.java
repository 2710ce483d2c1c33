package io.retaillake.logs;

import io.retaillake.common.job.JobException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The collectors' log in {@code turns/}. A collector computes the turn after the newest and claims its number by writing it, which succeeds for
 * one. Before the next number is claimed, the newest turn's objects are there: so only the newest can lack some, and whoever comes completes it.
 */
final class Turns {

    /** A day of turns of three minutes. What is older has done its duty. */
    static final int KEPT = 480;

    private final LogStore store;
    private final int kept;
    /** The newest turn whose objects are known to be there. */
    private Turn completed;

    Turns(LogStore store, int kept) {
        this.store = store;
        this.kept = kept;
    }

    /** The newest turn, with all its objects written; without any, {@link Turn#before}: the next goes on above the data objects. */
    Turn newest() {
        OptionalLong newest = newest(store.list(Names.TURNS));
        if (newest.isEmpty()) {
            return Turn.before(Names.highestTurn(store.list(Names.DATA)));
        }
        if (completed != null && completed.number() == newest.getAsLong()) {
            return completed;
        }
        Turn turn = read(newest.getAsLong());
        complete(turn);
        return turn;
    }

    private static OptionalLong newest(List<String> names) {
        return names.stream()
                .map(Names::turnNumber)
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .max();
    }

    private Turn read(long number) {
        String name = Names.turn(number);
        try {
            byte[] bytes = store.read(name)
                    .orElseThrow(() -> JobException.outsideSystem(
                            name + " was there and is gone. Nothing else may remove turns; run the collector again.",
                            null));
            return Turn.read(Gzip.text(bytes));
        } catch (IOException | IllegalArgumentException e) {
            throw JobException.outsideSystem(
                    name + " is damaged: " + e.getMessage()
                            + "\nRemove all of turns/, and the collector goes on above the turns of the data objects, where what the source still"
                            + " shows is recognised. Not this one alone: its number would be given again.",
                    e);
        }
    }

    /** Writes those of a turn's objects that aren't there. */
    private void complete(Turn turn) {
        turn.objects().forEach((name, text) -> store.createNew(name, Gzip.of(text)));
        completed = turn;
    }

    /**
     * Claims the number of a turn and writes its objects; false if another collector has it, and then nothing was written.
     *
     * <p>A collector that slept for longer than turns are kept finds its number free, because the turn that had it is removed. So it looks
     * whether its turn is the newest, before it writes what others have written long ago.
     */
    boolean claim(Turn turn) {
        String name = Names.turn(turn.number());
        if (!store.createNew(name, turn.bytes())) {
            return false;
        }
        List<String> names = store.list(Names.TURNS);
        if (newest(names).orElseThrow() > turn.number()) {
            if (names.stream().noneMatch(Names.turn(turn.number() + 1)::equals)) {
                store.delete(name);
                return false;
            }
            // Another collector has completed this turn already, and gone on.
            return true;
        }
        complete(turn);
        removeOld(names, turn.number());
        return true;
    }

    private void removeOld(List<String> names, long newest) {
        List<String> old = new ArrayList<>();
        for (String name : names) {
            OptionalLong number = Names.turnNumber(name);
            if (number.isPresent() && number.getAsLong() <= newest - kept) {
                old.add(name);
            }
        }
        old.forEach(store::delete);
    }
}
