package io.retaillake.local;

import io.retaillake.common.command.Arguments;
import io.retaillake.common.command.CommandException;
import io.retaillake.common.registry.JobDefinition;
import io.retaillake.jobs.RetailJobs;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code bin/tables}: what one does with definitions of tables in SQL before they are published. */
public final class Tables {

    private static final String RUN = "run";
    private static final Map<String, JobDefinition> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put(RUN, RetailJobs.SHOW_TABLE);
        COMMANDS.put("check", RetailJobs.CHECK_TABLES);
        COMMANDS.put("test", RetailJobs.TEST_TABLES);
    }

    private Tables() {}

    /** Exits with the job's code: 2 for a definition or a test that is wrong, 3 where a test fails. */
    public static void main(String[] arguments) {
        Project project = Project.current();
        if (arguments.length == 0 || List.of("--help", "-h").contains(arguments[0])) {
            System.out.print(help(project));
            System.exit(arguments.length == 0 ? CommandException.BAD_ARGUMENTS : 0);
        }
        try {
            JobDefinition job = job(arguments[0]);
            String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
            List<String> options = arguments[0].equals(RUN) ? Query.onDefaultLake(project, rest) : Arrays.asList(rest);
            System.exit(Submit.run(project, System.getenv(), job, options));
        } catch (CommandException failure) {
            Arguments.report(System.err, failure);
            System.exit(failure.exitCode());
        }
    }

    /** The job of a command. */
    static JobDefinition job(String command) {
        if (!COMMANDS.containsKey(command)) {
            throw CommandException.unknownCommand(command, COMMANDS.keySet());
        }
        return COMMANDS.get(command);
    }

    private static String help(Project project) {
        return """
                Usage: bin/tables <command> [options of Spark]

                  run <file.sql|file.yaml|name> [--lake DIR] [--tables DIR]
                      [--from yyyy-MM --to yyyy-MM] [--limit N] [--watch]
                        shows the rows that a definition gives, and publishes nothing;
                        with --watch again whenever it is saved
                  check <folder|file>
                        names all that is wrong with definitions; needs no lake
                  test <folder|file>
                        runs the tests beside definitions, <name>.test.yaml; needs no lake

                The lake is, unless --lake names one,
                  %s
                bin/tables <command> --help lists a command's own options, bin/submit --help
                those of Spark. jobs/TABLES.md says what a definition and a test look like.
                Exit code: 0 done, 2 a definition, a test or an argument is wrong, 3 a test
                failed.
                """.formatted(project.defaultLake());
    }
}
