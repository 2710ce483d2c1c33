package io.retaillake.local;

import io.retaillake.common.command.CommandMain;
import io.retaillake.common.command.TerminalColumns;
import java.nio.file.Path;
import java.util.Arrays;

/** {@code bin/pipeline}: the whole pipeline on this machine. */
public final class PipelineCommand {

    private PipelineCommand() {}

    /** Exits with 0 when everything is done and verified, else with the code of what failed. */
    public static void main(String[] arguments) throws Exception {
        PipelineOptions options = new PipelineOptions();
        CommandMain.run(
                options,
                arguments,
                problems -> options.settings(Project.current(), Arrays.asList(arguments), problems),
                PipelineCommand::run);
    }

    private static int run(PipelineSettings settings) {
        Project project = Project.current();
        return new PipelineSession(project, settings, new RealParts(project, settings), display())
                .run(System.out, System.err);
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

    private static Display display() {
        int columns = TerminalColumns.ofMessages();
        return columns > 0 ? new LiveDisplay(System.err, columns) : new PlainDisplay(System.err, System::nanoTime);
    }
}
