package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchScriptTest {

    @TempDir
    Path folder;

    private Path java;

    @BeforeEach
    void standInForJava() throws IOException {
        java = Files.writeString(folder.resolve("java"), "#!/bin/sh\nlocale charmap\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void readsKoreanArgumentsWhateverTheLocale() throws Exception {
        assertThat(charactersUnder("C.UTF-8")).isEqualTo("UTF-8\n");
        assertThat(charactersUnder("POSIX")).isEqualTo("UTF-8\n");
        assertThat(charactersUnder("xx_XX.UTF-8")).as("not installed").isEqualTo("UTF-8\n");
    }

    @Test
    void ofTwoCommandsAtOnceOneBuilds() throws Exception {
        Path maven = Files.writeString(
                folder.resolve("mvn"),
                "#!/bin/sh\nmkdir building || exit 1\nsleep 1\nrmdir building\necho once >>built\n");
        Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwx------"));
        String command = "PATH=.:$PATH; is_missing() { [ ! -f built ]; }; build_if is_missing module 'a second'";

        Process first = launched(command);
        Process second = launched(command);

        assertThat(first.waitFor()).isZero();
        assertThat(second.waitFor()).isZero();
        assertThat(folder.resolve("built")).hasContent("once");
    }

    private String charactersUnder(String locale) throws IOException, InterruptedException {
        Process process = launched("LC_ALL=" + locale + "; export LC_ALL; java=" + java + "; run target Main");
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output;
    }

    /** A shell in the folder that does this after it has read the script. */
    private Process launched(String command) throws IOException {
        String script = "set -eu; project=" + folder + "; . '"
                + Path.of("../..").toAbsolutePath().normalize().resolve("bin/launch.sh") + "'; " + command;
        Process process = new ProcessBuilder("sh", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        return process;
    }
}
