package io.retaillake.logs;

import io.retaillake.common.command.Arguments;
import io.retaillake.common.command.CommandException;
import io.retaillake.common.job.JobException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** {@code bin/logs}: collects an encrypted log, serves one to try that with, and shows both at work. */
public final class Logs {

    private static final List<String> COMMANDS = List.of("demo", "collect", "serve", "check");

    private static final List<String> HELP = List.of("--help", "-h");

    private Logs() {}

    /** Exits with 0, 2 for bad arguments, 3 if the check finds something wrong, 4 if a system outside failed, or as the command does that the demo starts. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        // Each command's options are in the one help.
        boolean asksForHelp = Arrays.stream(arguments).anyMatch(HELP::contains);
        if (arguments.length == 0 || asksForHelp) {
            System.out.print(help());
            System.exit(asksForHelp ? 0 : CommandException.BAD_ARGUMENTS);
        }
        String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
        try {
            switch (arguments[0]) {
                case "demo" -> DemoCommand.run(Path.of(System.getProperty("retail-lake.project")), rest);
                case "collect" -> CollectCommand.run(rest);
                case "serve" -> ServeCommand.run(rest);
                case "check" -> CheckCommand.run(rest);
                default -> throw CommandException.unknownCommand(arguments[0], COMMANDS);
            }
        } catch (CommandException failure) {
            Arguments.report(System.err, failure);
            System.exit(failure.exitCode());
        } catch (JobException failure) {
            Arguments.report(System.err, new CommandException(failure.exitCode().code(), failure.getMessage()));
            System.exit(failure.exitCode().code());
        }
    }

    private static String help() {
        return """
                Usage: bin/logs <command>

                  demo [--seed N]      serves a log with faults, collects three turns of it, brings them into a lake, shows what arrived
                  collect --url <url> --logs <folder|s3://…> --key-file <file> | --key-secret <name>
                          [--every 3m] [--offset 5s] [--wait 3m] [--poll 5s] [--timeout 20s] [--metrics <file>|-]
                                       collects what is new, once or each so often
                  serve --key-file <file> [--port N] [--every 180s] [--records 100] [--seed N] [--fault <kind>]…
                                       serves generated records in the same way, for trials; writes the key that they need
                  check --logs <folder|s3://…>
                                       reads all that is there: records by day, rejects by reason, ids that are there twice or missing
                """;
    }
}
