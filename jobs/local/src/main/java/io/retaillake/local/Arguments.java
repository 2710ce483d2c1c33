package io.retaillake.local;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reads a command line into an object with picocli annotations, finding every problem rather than the first. */
final class Arguments {

    private Arguments() {}

    /** A command line that collects its problems. */
    static CommandLine commandLine(Object command) {
        CommandLine commandLine = new CommandLine(command);
        commandLine.getCommandSpec().parser().collectErrors(true);
        return commandLine.setExpandAtFiles(false).setUsageHelpWidth(110);
    }

    /** Parses {@code arguments}; returns what is wrong with them, with a suggestion where a name nearly matches. */
    static List<String> problems(CommandLine commandLine, String... arguments) {
        ParseResult result = commandLine.parseArgs(arguments);
        List<String> problems = new ArrayList<>();
        for (Exception error : result.errors()) {
            if (error instanceof UnmatchedArgumentException unmatched) {
                problems.addAll(unknown(commandLine, unmatched.getUnmatched()));
            } else {
                problems.add(error.getMessage());
            }
        }
        return problems;
    }

    /** Prints each problem as jobs do, and what to type for help. */
    static void report(PrintStream err, CommandException failure) {
        failure.problems().forEach(problem -> err.println("error " + problem.replace("\n", "\n  ")));
    }

    private static List<String> unknown(CommandLine commandLine, List<String> unmatched) {
        List<String> problems = new ArrayList<>();
        boolean afterOption = false;
        for (String argument : unmatched) {
            boolean option = argument.startsWith("-");
            if (option) {
                String name = argument.replaceFirst("=.*", "");
                problems.add("unknown option " + name + suggestion(commandLine, name));
            } else if (!afterOption) {
                problems.add("unexpected argument '" + argument + "'");
            }
            // What follows an unknown option is probably its value.
            afterOption = option && !argument.contains("=");
        }
        return problems;
    }

    private static String suggestion(CommandLine commandLine, String name) {
        return NearMiss.of(name, commandLine.getCommandSpec().optionsMap().keySet())
                .map(near -> "; did you mean " + near + "?")
                .orElse("; --help lists them");
    }
}
