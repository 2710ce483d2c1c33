package io.retaillake.common.command;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reads a command line into an object with picocli annotations, finding every problem rather than the first. */
public final class Arguments {

    /** An option's name at the beginning of an argument: a value may follow without a blank. */
    private static final Pattern OPTION_NAME = Pattern.compile("--?[A-Za-z][A-Za-z0-9_-]*");

    private static final int SHORT_NAME_LENGTH = "-p".length();

    private static final int MOST_HELP_COLUMNS = 110;
    private static final int FEWEST_HELP_COLUMNS = 55;

    private Arguments() {}

    /** A command line that collects its problems, and whose help is as wide as the terminal, but not wider than one reads well. */
    public static CommandLine commandLine(Object command) {
        CommandLine commandLine = new CommandLine(command);
        collectErrors(commandLine);
        return commandLine.setExpandAtFiles(false).setUsageHelpWidth(helpColumns());
    }

    private static int helpColumns() {
        int columns = TerminalColumns.ofMessages();
        return columns == 0 ? MOST_HELP_COLUMNS : Math.max(FEWEST_HELP_COLUMNS, Math.min(MOST_HELP_COLUMNS, columns));
    }

    /**
     * Parses {@code arguments}; returns what is wrong with them, with a suggestion where a name nearly matches. An option whose
     * value is missing or can't be read has its default, so that whoever checks it finds no second problem that nobody typed.
     */
    public static List<String> problems(CommandLine commandLine, String... arguments) {
        List<String> problems = new ArrayList<>();
        Map<OptionSpec, Object> defaults = defaults(commandLine);
        ParseResult result = commandLine.parseArgs(arguments);
        Set<ArgSpec> readable = new HashSet<>();
        Set<ArgSpec> unreadable = new HashSet<>();
        while (result != null) {
            result.matchedOptions().forEach(option -> readable.add(declared(option)));
            for (Exception error : result.errors()) {
                if (error instanceof UnmatchedArgumentException unmatched) {
                    problems.addAll(unknown(unmatched.getCommandLine(), unmatched.getUnmatched()));
                } else {
                    problems.add(inWords(error.getMessage()));
                    if (error instanceof ParameterException failure && failure.getArgSpec() != null) {
                        unreadable.add(declared(failure.getArgSpec()));
                    }
                }
            }
            result = result.subcommand();
        }
        // After an error picocli may have left out the defaults of all options.
        defaults.forEach((option, value) -> {
            if (!readable.contains(option) || unreadable.contains(option)) {
                option.setValue(value);
            }
        });
        return problems;
    }

    /** What picocli says, without the names of Java's types. */
    private static String inWords(String message) {
        return message.replaceFirst(" is not a (double|float)$", " is no number like 0.01")
                .replaceFirst(" is not an? (int|long)$", " is no whole number like 12");
    }

    /** The option itself; of one that a subcommand has inherited, that of the command. */
    private static ArgSpec declared(ArgSpec option) {
        return option.root() == null ? option : option.root();
    }

    /** The values of the command's own options where none is given. */
    private static Map<OptionSpec, Object> defaults(CommandLine commandLine) {
        commandLine.parseArgs();
        Map<OptionSpec, Object> defaults = new HashMap<>();
        commandLine.getCommandSpec().options().stream()
                .filter(option -> option.group() == null)
                .forEach(option -> defaults.put(option, option.getValue()));
        return defaults;
    }

    private static void collectErrors(CommandLine commandLine) {
        commandLine.getCommandSpec().parser().collectErrors(true);
        commandLine.getSubcommands().values().forEach(Arguments::collectErrors);
    }

    /** Prints each problem as jobs do. */
    public static void report(PrintStream err, CommandException failure) {
        failure.problems().forEach(problem -> err.println("error " + problem.replace("\n", "\n  ")));
    }

    /** Nothing is repeated that may be a value, for it may be a secret: neither what follows a name nor a word alone. */
    private static List<String> unknown(CommandLine commandLine, List<String> unmatched) {
        Set<String> options = commandLine.getCommandSpec().optionsMap().keySet();
        Set<String> subcommands = commandLine.getSubcommands().keySet();
        List<String> problems = new ArrayList<>();
        int words = 0;
        boolean afterOption = false;
        for (String argument : unmatched) {
            Matcher name = OPTION_NAME.matcher(argument);
            if (name.lookingAt()) {
                problems.add(unknownOption(name.group(), options));
                afterOption = name.end() == argument.length();
            } else {
                Optional<String> near = ClosestName.of(argument, subcommands);
                if (near.isPresent()) {
                    problems.add("unexpected argument '" + argument + "'" + suggestion(near, subcommands));
                } else if (!afterOption) {
                    words++;
                }
                // What follows an unknown option is probably its value.
                afterOption = false;
            }
        }
        if (words > 0) {
            problems.add(words + (words == 1 ? " word belongs" : " words belong")
                    + " to no option (not repeated here, for it may be secret); put a value behind its option's name, in"
                    + " quotes if it has blanks" + suggestion(Optional.empty(), subcommands));
        }
        return problems;
    }

    private static String unknownOption(String name, Set<String> options) {
        Optional<String> near = ClosestName.of(name, options);
        boolean mayHoldValue = near.isEmpty() && !name.startsWith("--");
        return "unknown option " + (mayHoldValue ? name.substring(0, SHORT_NAME_LENGTH) : name)
                + suggestion(near, options);
    }

    private static String suggestion(Optional<String> near, Collection<String> names) {
        return near.map(name -> "; did you mean " + name + "?").orElse(names.isEmpty() ? "" : "; --help lists them");
    }
}
