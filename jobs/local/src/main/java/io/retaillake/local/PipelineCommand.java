package io.retaillake.local;

import io.retaillake.common.command.Arguments;
import io.retaillake.common.command.CommandException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;

/** {@code bin/pipeline}: the whole pipeline on this machine. */
public final class PipelineCommand {

    private PipelineCommand() {}

    /** Exits with 0 when everything is done and verified, else with the code of what failed. */
    public static void main(String[] arguments) {
        PipelineOptions options = new PipelineOptions();
        CommandLine commandLine = Arguments.commandLine(options);
        try {
            List<String> problems = Arguments.problems(commandLine, arguments);
            if (options.isHelpRequested()) {
                commandLine.usage(System.out);
                System.exit(0);
            }
            Project project = Project.current();
            PipelineSettings settings = options.settings(project, Arrays.asList(arguments), problems);
            if (!problems.isEmpty()) {
                throw new CommandException(CommandException.BAD_ARGUMENTS, problems);
            }
            System.exit(new PipelineSession(project, settings, new RealParts(project, settings), display())
                    .run(System.out, System.err));
        } catch (CommandException failure) {
            Arguments.report(System.err, failure);
            System.exit(failure.exitCode());
        }
    }

    private record RealParts(Project project, PipelineSettings settings) implements PipelineSession.Parts {

        @Override
        public JobLauncher launcher(Path temporaryFolder) {
            return new SparkSubmitCommand(project, settings.spark(), temporaryFolder, System.getenv());
        }

        @Override
        public SourceDatabase source(Path temporaryFolder) {
            if (settings.ownSource().isPresent()) {
                return new OwnDatabase(settings.ownSource().get());
            }
            return GeneratedDatabase.start(
                    settings.generated(),
                    settings.spark().cores(),
                    project.workFolder().resolve("database"),
                    temporaryFolder);
        }
    }

    /** {@code bin/launch.sh} tells the width where standard error is a terminal. */
    private static Display display() {
        int columns = Integer.getInteger("retail-lake.columns", 0);
        boolean canRewrite = columns > 0 && !"dumb".equals(System.getenv("TERM"));
        return canRewrite ? new LiveDisplay(System.err, columns) : new PlainDisplay(System.err, System::nanoTime);
    }
}
