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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaunchScriptTest {

    private static final String BUILD = "PATH=.:$PATH; HOME=$project; is_missing() { [ ! -f built ]; };"
            + " build_if is_missing module org/example 'it takes a second'";

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

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofTwoCommandsAtOnceOneBuilds(boolean hasFlock) throws Exception {
        String path = hasFlock ? "" : "PATH=$project/tools; ";
        launched("mkdir tools; ln -s /usr/bin/* /bin/* tools 2>/dev/null || :; rm -f tools/flock")
                .waitFor();
        standInForMaven("mkdir building || exit 1\nsleep 1\nrmdir building\necho once >>built\n");

        Process first = launched(path + BUILD);
        Process second = launched(path + BUILD);

        assertThat(first.waitFor()).isZero();
        assertThat(second.waitFor()).isZero();
        assertThat(folder.resolve("built")).hasContent("once");
    }

    @Test
    void showsTheModulesThatAreBuiltAndWhatFails() throws Exception {
        standInForMaven("""
                echo '[INFO] Building retail-lakehouse: job jar 0.2.0-SNAPSHOT       [10/11]'
                sleep 3
                echo '[INFO] more'
                echo '[ERROR] x.java is wrong'
                exit 1
                """);
        Process process = launched(BUILD);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(output)
                .containsPattern("building 10 of 11, job jar: [1-9][0-9]* s\n")
                .contains("[ERROR] x.java is wrong", "error the build failed")
                .doesNotContain("[INFO]");
    }

    @Test
    void saysWhatIsDownloadedOnlyWhereMavenLacksIt() throws Exception {
        standInForMaven("echo once >>built\n");
        Process process = launched(BUILD);
        String first = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Files.createDirectories(folder.resolve(".m2/repository/org/example"));
        Files.delete(folder.resolve("built"));
        process = launched(BUILD);
        String second = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(first).contains("the first time it takes a second");
        assertThat(second).contains("building ...").doesNotContain("the first time");
    }

    private void standInForMaven(String script) throws IOException {
        Path maven = Files.writeString(folder.resolve("mvn"), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwx------"));
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
