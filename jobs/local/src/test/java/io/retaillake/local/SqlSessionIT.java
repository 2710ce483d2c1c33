package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.command.ShellWords;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/sql} by real processes, on a terminal and without one. */
@Timeout(300)
class SqlSessionIT {

    private static final String ENDLESS = "SELECT sum(id * id % 7) FROM range(0, 1000000000000000, 1, 2);";
    private static final int LOOK_MILLIS = 50;

    @TempDir
    private Path folder;

    private Path lake;

    @BeforeEach
    void makeLake() throws IOException {
        lake = Files.createDirectories(folder.resolve("lake"));
        Files.createFile(lake.resolve("catalog.db"));
    }

    @Test
    void conversesOnATerminalAndCancelsAStatement() throws Exception {
        Path screen = folder.resolve("screen");
        // Else some shells stay in between, and end by the Ctrl-C that is for the statement.
        String command = "exec " + ShellWords.joined(command());
        Process terminal = new ProcessBuilder("script", "-qefc", command, "/dev/null")
                .redirectErrorStream(true)
                .redirectOutput(screen.toFile())
                .start();
        try (OutputStream keys = terminal.getOutputStream()) {
            await(terminal, screen, "sql> ");
            type(keys, ENDLESS + "\r");
            await(terminal, screen, "running: 1 s");
            type(keys, "\u0003");
            await(terminal, screen, "cancelled after");
            type(keys, "SELECT 6 * 7 AS answer;\r");
            await(terminal, screen, "42");
            type(keys, "\\q\r");
            assertThat(terminal.waitFor()).as(Files.readString(screen)).isZero();
        } finally {
            terminal.destroy();
        }
        assertThat(folder.resolve("cache/retail-lakehouse/sql-history"))
                .content()
                .contains("SELECT 6 * 7");
    }

    @Test
    void readsStandardInputWhereThatIsNoTerminalAndStopsAtAFailure() throws Exception {
        Path script = Files.writeString(
                folder.resolve("script"), "SELECT 6 * 7 AS answer;\n-- then\nSELECT nope;\nSELECT 5 + 5;\n");
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(command())
                .redirectInput(script.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();

        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(out).content().contains("42").doesNotContain("10");
        assertThat(err).content().startsWith("error statement 2, line 3: ").contains("nope");
    }

    private List<String> command() {
        return List.of(
                "env",
                // Who runs the tests in the background has it ignored.
                "--default-signal=INT",
                "XDG_CACHE_HOME=" + folder.resolve("cache"),
                "TERM=xterm",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dretail-lake.project=" + Submission.PROJECT.root(),
                "-cp",
                System.getProperty("java.class.path"),
                Query.class.getName(),
                "--lake",
                lake.toString(),
                "--memory",
                "1g");
    }

    private static void type(OutputStream keys, String text) throws IOException {
        keys.write(text.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    private static void await(Process terminal, Path screen, String text) throws Exception {
        while (!Files.readString(screen).contains(text)) {
            assertThat(terminal.isAlive()).as(Files.readString(screen)).isTrue();
            Thread.sleep(LOOK_MILLIS);
        }
    }
}
