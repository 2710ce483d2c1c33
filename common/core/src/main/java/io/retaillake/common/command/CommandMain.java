package io.retaillake.common.command;

import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;

/** What every command without subcommands does: reads its options, shows its help, tells all that is wrong at once, and ends the process. */
public final class CommandMain {

    private CommandMain() {}

    /** What a command does. */
    @FunctionalInterface
    public interface Work<S> {

        /** Does it and tells the exit code; a {@link CommandException} is reported without a stack trace. */
        int run(S settings) throws Exception;
    }

    /**
     * Runs a command, and ends the process with its exit code.
     *
     * @param options an object with picocli's annotations, without an option for help
     * @param settings what the options come to, where what is wrong goes to the list that it is given
     */
    public static <S> void run(Object options, String[] arguments, Function<List<String>, S> settings, Work<S> work)
            throws Exception {
        HelpOption help = new HelpOption();
        CommandLine commandLine = Arguments.commandLine(options).addMixin("help", help);
        try {
            List<String> problems = Arguments.problems(commandLine, arguments);
            if (help.isRequested()) {
                commandLine.usage(System.out);
                System.exit(0);
            }
            S found = settings.apply(problems);
            if (!problems.isEmpty()) {
                throw new CommandException(CommandException.BAD_ARGUMENTS, problems);
            }
            System.exit(work.run(found));
        } catch (CommandException failure) {
            Arguments.report(System.err, failure);
            System.exit(failure.exitCode());
        }
    }
}
