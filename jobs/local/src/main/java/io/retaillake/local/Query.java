package io.retaillake.local;

import io.retaillake.common.command.Arguments;
import io.retaillake.common.command.CommandException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code bin/sql}: the job {@code Sql} on the lake that {@code bin/pipeline} fills unless another is named. */
public final class Query {

    private Query() {}

    /** Exits with the job's code; 2 for a query that Spark does not accept. */
    public static void main(String[] arguments) {
        Project project = Project.current();
        if (arguments.length == 0 || Arrays.asList(arguments).contains("--help")) {
            System.out.printf(
                    "Usage: bin/sql \"<statement>\" [--lake DIR] [options of Spark] [options of the job Sql]%n"
                            + "The lake is %s unless --lake names one; bin/submit --help lists Spark's options.%n%n",
                    project.defaultLake());
        }
        try {
            System.exit(Submit.run(project, System.getenv(), Job.SQL, onDefaultLake(project, arguments)));
        } catch (CommandException failure) {
            Arguments.report(System.err, failure);
            System.exit(failure.exitCode());
        }
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
