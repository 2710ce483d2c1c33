package io.retaillake.logs;

import io.retaillake.common.command.Arguments;
import io.retaillake.common.command.CommandException;
import io.retaillake.common.job.JobException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bin/logs check}: what a log has, and whether each record is there once. */
@Command(
        name = "check",
        sortOptions = false,
        description = "Says what a log has, and whether each record is there once.")
final class CheckCommand {

    @Option(names = "--logs", paramLabel = "<folder|s3://…>", description = "Where the log is kept.")
    private String logs;

    private CheckCommand() {}

    /** Checks, and says what there is; exit code 3 if something is wrong. */
    static void run(String... arguments) {
        CheckCommand command = new CheckCommand();
        List<String> problems = new ArrayList<>(Arguments.problems(Arguments.commandLine(command), arguments));
        if (command.logs == null || command.logs.isBlank()) {
            problems.add("--logs is missing; allowed: a folder, or s3://bucket/prefix");
        }
        if (!problems.isEmpty()) {
            throw new CommandException(CommandException.BAD_ARGUMENTS, problems);
        }
        if (!LogStores.isS3(command.logs) && !Files.isDirectory(Path.of(command.logs))) {
            throw JobException.badArguments("--logs is " + command.logs + ", but there is no such folder."
                    + "\nName the folder that the collector was given.");
        }
        LogContent content = LogContent.of(LogStores.open(command.logs), System.err::println);
        content.lines().forEach(System.out::println);
        if (!content.problems().isEmpty()) {
            throw JobException.badData(String.join("\n", content.problems()));
        }
    }
}
