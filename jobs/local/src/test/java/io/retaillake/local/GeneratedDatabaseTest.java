package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.local.PipelineSettings.GeneratedSource;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedDatabaseTest {

    private static final GeneratedSource WANTED = new GeneratedSource(0.001, 0.01, 7, false, false);

    @TempDir
    private Path folder;

    @Test
    void fillsAnEmptyDatabaseByAJobThatIsToldNoPassword() throws Exception {
        try (GeneratedDatabase database = start()) {
            assertThat(database.prepare(runner())).hasSize(1);

            Path secret = Path.of(database.readerOptions().get(1).substring("file:".length()));
            assertThat(secret).content().contains("\"username\": \"retail_reader\"", "\"dbname\": \"DEEnhancement\"");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                    .isEqualTo("rw-------");
            String password = Files.readString(secret).replaceAll("(?s).*\"password\": \"([^\"]+)\".*", "$1");
            assertThat(started())
                    .singleElement()
                    .asString()
                    .contains("--scale 0.001 --dirty-rate 0.01 --seed 7", "--ssl-mode disable")
                    .doesNotContain(password);
        }
    }

    @Test
    void fillsAgainWhatWasCutOff() throws Exception {
        Files.writeString(folder.resolve("FillSource.behaviour"), "fail with bad data");
        try (GeneratedDatabase database = start()) {
            JobRunner runner = runner();
            assertThatThrownBy(() -> database.prepare(runner)).isInstanceOf(JobFailedException.class);
        }
        Files.writeString(folder.resolve("FillSource.behaviour"), "succeed");

        try (GeneratedDatabase database = start()) {
            assertThat(database.prepare(runner())).hasSize(1);
        }

        assertThat(started()).hasSize(2);
    }

    private GeneratedDatabase start() throws IOException {
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        return GeneratedDatabase.start(WANTED, 2, folder.resolve("databases"), temporary);
    }

    private JobRunner runner() {
        Display display = new PlainDisplay(new PrintStream(OutputStream.nullOutputStream()), System::nanoTime);
        return new JobRunner(FakeJob.launcher(folder), folder.resolve("logs"), display);
    }

    private List<String> started() throws IOException {
        return Files.readAllLines(folder.resolve("order.txt")).stream()
                .filter(line -> line.startsWith("FillSource "))
                .toList();
    }
}
