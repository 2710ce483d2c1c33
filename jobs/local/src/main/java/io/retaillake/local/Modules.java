package io.retaillake.local;

import io.retaillake.common.command.CommandException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Jars with jobs and tables of a person's own, each with a {@link io.retaillake.common.registry.LakeModule}. {@code bin/launch.sh} puts
 * them on the commands' class path, so that the registry finds them; here the jobs' processes get them.
 */
final class Modules {

    /** Where the environment names them, separated as on a class path. */
    static final String VARIABLE = "RETAIL_LAKE_MODULES";

    private Modules() {}

    /**
     * The jars.
     *
     * @throws CommandException exit code 2 naming every one that is not there
     */
    static List<String> jars(Map<String, String> environment) {
        List<String> jars = Arrays.stream(environment.getOrDefault(VARIABLE, "").split(":"))
                .filter(jar -> !jar.isBlank())
                .toList();
        List<String> problems = jars.stream()
                .filter(jar -> !Files.isRegularFile(Path.of(jar)))
                .map(jar -> VARIABLE + " names " + jar
                        + ", which is no file. Name the jars of your modules, with colons" + " between them.")
                .toList();
        if (!problems.isEmpty()) {
            throw new CommandException(CommandException.BAD_ARGUMENTS, problems);
        }
        return jars;
    }
}
