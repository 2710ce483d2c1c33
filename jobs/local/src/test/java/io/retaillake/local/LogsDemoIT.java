package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.logs.Logs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/logs demo} in a project of its own, whose {@code bin/submit} and {@code bin/sql} have nothing to build. */
class LogsDemoIT {

    private static final Pattern TURN =
            Pattern.compile("   logs turn=\\d+ received=100 new=(\\d+) .* raw_bytes=(\\d+) stored_bytes=(\\d+) .*");
    private static final Pattern ROW_OF_METHOD = Pattern.compile("[A-Z]+ +(\\d+) +\\d+  20.*");

    @TempDir
    private Path folder;

    private Path project;

    @BeforeEach
    void makeCommands() throws IOException {
        project = FreshProject.in(folder).root();
        Files.createDirectory(project.resolve("bin"));
        makeCommand("submit", Submit.class);
        makeCommand("sql", Query.class);
    }

    @Test
    void showsThreeTurnsWhatArrivedHowSmallItIsAndWhatAQueryGives() throws Exception {
        List<String> command = new ArrayList<>(java(Logs.class));
        command.addAll(List.of("demo", "--seed", "7"));

        Submission.Ended demo =
                new Submission(folder, new SecretWatch(List.of()), "local[2]").run(new ProcessBuilder(command), "");

        assertThat(demo.exitCode()).as(demo.out() + demo.err()).isZero();
        assertThat(matches(TURN, demo)).hasSize(3);
        long records = sum(TURN, 1, demo);
        long rawBytes = sum(TURN, 2, demo);
        long storedBytes = sum(TURN, 3, demo);
        assertThat(records).isGreaterThan(200);
        assertThat(demo.out())
                .containsPattern("day +records +objects +bytes\n")
                .containsPattern(" " + records + " +[1-6] +" + storedBytes + "\n")
                .contains(String.format(
                        Locale.ROOT,
                        "== %,d bytes decrypted are stored in %,d, %.0f %%%n",
                        rawBytes,
                        storedBytes,
                        100.0 * storedBytes / rawBytes))
                .contains(" records=" + records + " written=" + records + " repeated=0 waiting_objects=0\n");
        assertThat(sum(ROW_OF_METHOD, 1, demo)).isEqualTo(records);
    }

    private static List<MatchResult> matches(Pattern line, Submission.Ended demo) {
        return demo.out()
                .lines()
                .map(line::matcher)
                .filter(matcher -> matcher.matches())
                .map(matcher -> matcher.toMatchResult())
                .toList();
    }

    private static long sum(Pattern line, int group, Submission.Ended demo) {
        return matches(line, demo).stream()
                .mapToLong(match -> Long.parseLong(match.group(group)))
                .sum();
    }

    private void makeCommand(String name, Class<?> main) throws IOException {
        Path script = Files.writeString(
                project.resolve("bin").resolve(name),
                "#!/bin/sh\nexec '" + String.join("' '", java(main)) + "' \"$@\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    private List<String> java(Class<?> main) {
        return Stream.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Dretail-lake.project=" + project,
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName())
                .toList();
    }
}
