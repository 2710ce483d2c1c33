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

    private String charactersUnder(String locale) throws IOException, InterruptedException {
        String script = "project=" + folder + "; . '"
                + Path.of("../..").toAbsolutePath().normalize().resolve("bin/launch.sh") + "'; java=" + java
                + "; run target Main";
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true);
        shell.environment().put("LC_ALL", locale);
        Process process = shell.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output;
    }
}
