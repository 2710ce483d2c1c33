package io.retaillake.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.common.accesslog.LogHour;
import io.retaillake.common.command.CommandException;
import io.retaillake.common.job.JobException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {

    @TempDir
    private Path folder;

    @Test
    void everythingThatIsWrongWithACollectionIsToldAtOnce() {
        assertThatThrownBy(() -> CollectCommand.run(
                        "--url",
                        "http://user:hidden@host/",
                        "--every",
                        "3",
                        "--poll",
                        "0s",
                        "--max-answer-megabytes",
                        "33"))
                .isInstanceOfSatisfying(CommandException.class, e -> {
                    assertThat(e.exitCode()).isEqualTo(CommandException.BAD_ARGUMENTS);
                    assertThat(e.problems()).hasSize(6);
                    assertThat(e.problems().toString())
                            .contains(
                                    "--every",
                                    "--url",
                                    "--logs is missing",
                                    "--key-file is missing",
                                    "--poll is 0",
                                    "megabytes")
                            .doesNotContain("hidden");
                });
    }

    @Test
    void wrongKeysAreToldBeforeAnythingIsAskedOrWritten() throws Exception {
        Path keys = Files.writeString(folder.resolve("keys"), "hidden\n");
        Path log = folder.resolve("log");
        assertThatThrownBy(() -> CollectCommand.run(
                        "--url", "http://127.0.0.1:1/", "--logs", log.toString(), "--key-file", keys.toString()))
                .isInstanceOf(JobException.class)
                .hasMessageContaining(keys.toString())
                .message()
                .doesNotContain("hidden");
        assertThat(log).doesNotExist();
    }

    @Test
    void keyFileThatCannotBeReadIsABadArgument() throws Exception {
        Path binary = Files.write(folder.resolve("keys"), new byte[] {(byte) 0xff, (byte) 0xfe});
        for (Path file : List.of(folder.resolve("none"), binary)) {
            assertThatThrownBy(() -> new KeyFile(file).read())
                    .hasMessageContaining(file.toString())
                    .isInstanceOfSatisfying(
                            JobException.class,
                            e -> assertThat(e.exitCode().code()).isEqualTo(CommandException.BAD_ARGUMENTS));
        }
    }

    @Test
    void checkOfAFolderThatIsNotThereIsRefusedAndMakesNone() {
        Path mistyped = folder.resolve("lgo");
        assertThatThrownBy(() -> CheckCommand.run("--logs", mistyped.toString()))
                .hasMessageContaining("no such folder");
        assertThat(mistyped).doesNotExist();
        assertThatThrownBy(() -> CheckCommand.run("--logs", "")).isInstanceOf(CommandException.class);
    }

    @Test
    void everythingThatIsWrongWithAServerIsToldAtOnce() {
        assertThatThrownBy(() ->
                        ServeCommand.run("--port", "70000", "--records", "0", "--every", "1ms", "--fault", "late,slwo"))
                .isInstanceOfSatisfying(
                        CommandException.class, e -> assertThat(e.problems()).hasSize(5));
    }

    @Test
    void checkTellsWhatIsWrong() throws Exception {
        Path hour = folder.resolve("data/logs/year=2026/month=11/day=29/hour=14");
        Files.createDirectories(hour);
        String line =
                "{\"source_id\":\"1\",\"in_date\":\"261129141246025630\",\"forms\":{\"user_id\":\"missing\",\"record_id\":\"missing\","
                        + "\"activity\":\"missing\",\"url\":\"missing\",\"name\":\"missing\",\"detail\":\"missing\",\"method\":\"missing\"}}\n";
        LogHour ofLine = new LogHour(LocalDateTime.parse("2026-11-29T14:00"));
        Files.write(folder.resolve(Names.hourObject(ofLine, 1, line)), Gzip.of(line));
        CheckCommand.run("--logs", folder.toString());
        Files.write(
                hour.resolve("0000000002-0123456789abcdef.jsonl.gz"),
                Gzip.of(line.replace("2611291412", "2611291512")));
        Files.write(hour.resolve("0000000003-0123456789abcdef.jsonl.gz"), new byte[] {1});
        assertThatThrownBy(() -> CheckCommand.run("--logs", folder.toString()))
                .hasMessageContaining("the record 1 is in")
                .hasMessageContaining("which is not its hour")
                .hasMessageContaining("again in")
                .hasMessageContaining("0000000002-0123456789abcdef.jsonl.gz is damaged: it has other lines")
                .hasMessageContaining("0000000003-0123456789abcdef.jsonl.gz is damaged");
    }
}
