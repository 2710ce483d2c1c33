package io.retaillake.local;

import io.retaillake.common.command.Arguments;
import io.retaillake.common.command.CommandException;
import io.retaillake.jobs.RetailJobs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** {@code bin/sql}: the job {@code Sql} on the lake that {@code bin/pipeline} fills unless another is named. */
public final class Query {

    /** Two dashes and a blank, or a line that goes on to a next one: no option has either. */
    private static final Pattern COMMENT = Pattern.compile("--([\\h\\v]|[^=\\v]*\\v)");

    private Query() {}

    /** Exits with the job's code; 2 for a query that Spark does not accept. */
    public static void main(String[] arguments) {
        Project project = Project.current();
        if (Arrays.asList(arguments).contains("--help")) {
            System.out.printf(
                    "Usage: bin/sql [\"<statements>\"] [--lake DIR] [options of Spark] [options of Sql]%n"
                            + "Without statements a session on a terminal, else those of standard input.%n"
                            + "bin/submit --help lists Spark's options. The lake is, unless --lake names one,%n  %s%n%n",
                    project.defaultLake());
        }
        try {
            System.exit(Submit.run(
                    project, System.getenv(), RetailJobs.SQL, onDefaultLake(project, withStatement(arguments))));
        } catch (CommandException failure) {
            Arguments.report(System.err, failure);
            System.exit(failure.exitCode());
        }
    }

    /** {@code arguments} with a blank before a statement that begins with a comment, which would be taken for an option. */
    static String[] withStatement(String... arguments) {
        return Arrays.stream(arguments)
                .map(argument -> COMMENT.matcher(argument).lookingAt() ? " " + argument : argument)
                .toArray(String[]::new);
    }

    static List<String> onDefaultLake(Project project, String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        boolean named = all.stream().anyMatch(argument -> argument.equals("--lake") || argument.startsWith("--lake="));
        if (!named) {
            all.addAll(0, List.of("--lake", project.defaultLake().toString()));
        }
        return all;
    }
}
