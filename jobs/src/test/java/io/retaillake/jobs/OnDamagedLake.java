package io.retaillake.jobs;

import io.retaillake.common.run.FailedJobException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** What tests of a damaged lake share: each begins with a whole one. */
abstract class OnDamagedLake {

    @TempDir
    private static Path temporary;

    static DamagedLake damaged;

    @BeforeAll
    static void makeLake() throws FailedJobException, IOException {
        damaged = new DamagedLake(temporary);
    }

    @AfterEach
    void makeWhole() throws IOException {
        damaged.makeWhole();
    }
}
