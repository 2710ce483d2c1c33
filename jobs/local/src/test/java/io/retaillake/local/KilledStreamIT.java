package io.retaillake.local;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code -Dfaults.seed} repeats the moments, {@code -Dfaults.kills} says how many kills there are. */
class KilledStreamIT {

    private static final long SEED = Long.getLong("faults.seed", System.nanoTime());
    private static final int KILLS = Integer.getInteger("faults.kills", 100);

    @TempDir
    private Path folder;

    @Test
    void twoKillsLoseAndRepeatNothing() throws Exception {
        new StreamKills(folder, SEED).assertNothingLostOrTwice(2);
    }

    @Test
    @Tag("faults")
    void manyKillsLoseAndRepeatNothing() throws Exception {
        new StreamKills(folder, SEED).assertNothingLostOrTwice(KILLS);
    }
}
