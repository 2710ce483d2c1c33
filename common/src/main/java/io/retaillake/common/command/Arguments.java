package io.retaillake.common.command;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reads a command line into an object with picocli annotations, finding every problem rather than the first. */
public final class Arguments {

    private Arguments() {}

    /** A command line that collects its problems. */
    public static CommandLine commandLine(Object command) {
        CommandLine commandLine = new CommandLine(command);
        collectErrors(commandLine);
        return commandLine.setExpandAtFiles(false).setUsageHelpWidth(110);
    }

    /** Parses {@code arguments}; returns what is wrong with them, with a suggestion where a name nearly matches. */
    public static List<String> problems(CommandLine commandLine, String... arguments) {
        List<String> problems = new ArrayList<>();
        ParseResult result = commandLine.parseArgs(arguments);
        while (result != null) {
            for (Exception error : result.errors()) {
                if (error instanceof UnmatchedArgumentException unmatched) {
                    problems.addAll(unknown(unmatched.getCommandLine(), unmatched.getUnmatched()));
                } else {
                    problems.add(error.getMessage());
                }
            }
            result = result.subcommand();
        }
        return problems;
    }

    private static void collectErrors(CommandLine commandLine) {
        commandLine.getCommandSpec().parser().collectErrors(true);
        commandLine.getSubcommands().values().forEach(Arguments::collectErrors);
    }

    /** Prints each problem as jobs do, and what to type for help. */
    public static void report(PrintStream err, CommandException failure) {
        failure.problems().forEach(problem -> err.println("error " + problem.replace("\n", "\n  ")));
    }

    private static List<String> unknown(CommandLine commandLine, List<String> unmatched) {
        List<String> problems = new ArrayList<>();
        boolean afterOption = false;
        for (String argument : unmatched) {
            boolean option = argument.startsWith("-");
            if (option) {
                String name = argument.replaceFirst("=.*", "");
                problems.add("unknown option " + name
                        + suggestion(
                                name, commandLine.getCommandSpec().optionsMap().keySet()));
            } else if (!afterOption) {
                problems.add("unexpected argument '" + argument + "'"
                        + suggestion(argument, commandLine.getSubcommands().keySet()));
            }
            // What follows an unknown option is probably its value.
            afterOption = option && !argument.contains("=");
        }
        return problems;
    }

    private static String suggestion(String typed, Collection<String> names) {
        return NearMiss.of(typed, names)
                .map(near -> "; did you mean " + near + "?")
                .orElse(names.isEmpty() ? "" : "; --help lists them");
    }
}
