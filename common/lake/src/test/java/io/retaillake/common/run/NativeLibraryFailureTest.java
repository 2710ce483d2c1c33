package io.retaillake.common.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.job.ExitCode;
import io.retaillake.common.job.JobException;
import io.retaillake.common.job.NativeLibraryFailure;
import java.io.File;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryFailureTest {

    @TempDir
    Path folder;

    @Test
    void namesTheFolderThatALibraryCanNotBeLoadedFrom() {
        Error unloadable = new ExceptionInInitializerError(
                new UnsatisfiedLinkError("libzstd.so: failed to map segment from shared object"));

        JobException failure = FailureExplanation.of("Sql", new IllegalStateException(unloadable));

        assertThat(failure.exitCode()).isEqualTo(ExitCode.OUTSIDE_SYSTEM);
        assertThat(failure)
                .hasMessageContainingAll(
                        "failed to map segment", System.getProperty("java.io.tmpdir"), "java.io.tmpdir=");
    }

    @Test
    void saysWhatIsWrongWithTheFolder() {
        SQLException unloadable = new SQLException(
                "Error opening connection", new Exception("No native library found for os.name=Linux"));

        assertThat(explained(unloadable, folder.toFile())).contains("noexec");
        assertThat(explained(unloadable, folder.resolve("gone").toFile())).contains("does not exist");
        assertThat(NativeLibraryFailure.explain("Sql", new SQLException("no such table")))
                .isEmpty();
    }

    private static String explained(Throwable failure, File temporary) {
        return NativeLibraryFailure.explain("Sql", failure, temporary)
                .orElseThrow()
                .getMessage();
    }
}
