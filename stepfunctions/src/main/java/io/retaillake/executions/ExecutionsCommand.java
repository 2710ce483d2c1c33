package io.retaillake.executions;

import io.retaillake.common.command.Arguments;
import io.retaillake.common.command.CommandException;
import io.retaillake.common.command.TerminalColumns;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;

/** {@code bin/executions}: starts the pipeline's executions on AWS, shows them, stops them and goes on with them. */
@Command(
        name = "bin/executions",
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            StartCommand.class,
            FollowCommand.class,
            ListCommand.class,
            StopCommand.class,
            RedriveCommand.class,
            BackfillCommand.class
        },
        description = {"", "Drives the pipeline on AWS: its executions on Step Functions.", ""},
        footer = {
            "",
            "Exit code: 0 done, 2 bad arguments, 3 the execution did not succeed, 4 AWS refused or failed, 1 a defect,"
                    + " 130 Ctrl-C."
        })
public final class ExecutionsCommand {

    /** Exit code for an execution that did not succeed. */
    static final int EXECUTION_FAILED = 3;

    private static final int MOST_ATTEMPTS = 6;

    @Mixin
    private ConnectionOptions connection;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "show this and exit")
    private boolean help;

    /**
     * What surrounds the command.
     *
     * @param columns the terminal's width; 0 where standard error goes elsewhere
     */
    record Surroundings(
            PrintStream out,
            PrintStream err,
            int columns,
            Map<String, String> environment,
            Clock clock,
            Session.Pause pause,
            RetryStrategy retries) {}

    /** Exits with 0 when done, else with the code of what went wrong. */
    public static void main(String[] arguments) {
        System.exit(run(
                new Surroundings(
                        System.out,
                        System.err,
                        TerminalColumns.ofMessages(),
                        System.getenv(),
                        Clock.system(ZoneId.systemDefault()),
                        Thread::sleep,
                        AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(MOST_ATTEMPTS)
                                .build()),
                arguments));
    }

    /** Runs the command line; returns the exit code. */
    static int run(Surroundings surroundings, String... arguments) {
        try {
            return parseAndRun(surroundings, arguments);
        } catch (CommandException failure) {
            Arguments.report(surroundings.err(), failure);
            return failure.exitCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static int parseAndRun(Surroundings surroundings, String... arguments) throws InterruptedException {
        ExecutionsCommand command = new ExecutionsCommand();
        CommandLine commandLine = Arguments.commandLine(command)
                .setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8));
        List<String> problems = Arguments.problems(commandLine, StateMachine.expanded(arguments));
        ParseResult parsed = commandLine.getParseResult();
        if (command.help) {
            CommandLine.printHelpIfRequested(parsed);
            return 0;
        }
        if (problems.isEmpty() && !parsed.hasSubcommand()) {
            commandLine.usage(surroundings.err());
            return CommandException.BAD_ARGUMENTS;
        }
        Connection connection = command.connection.connection(surroundings.environment(), problems);
        if (parsed.hasSubcommand()) {
            subcommand(parsed).check(problems);
        }
        if (!problems.isEmpty()) {
            throw new CommandException(CommandException.BAD_ARGUMENTS, problems);
        }
        try (StepFunctions stepFunctions = StepFunctions.connect(connection, surroundings.retries())) {
            subcommand(parsed)
                    .run(new Session(
                            stepFunctions,
                            command.connection.typed(),
                            surroundings.out(),
                            surroundings.err(),
                            surroundings.columns(),
                            surroundings.clock(),
                            surroundings.pause()));
        }
        return 0;
    }

    private static Subcommand subcommand(ParseResult parsed) {
        return (Subcommand) parsed.subcommand().commandSpec().userObject();
    }
}
