package io.retaillake.local;

import io.retaillake.common.job.Window;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;

/** {@code bin/pipeline} with {@link FakeJob} for Spark and no database: {@code main} is run as a process of its own by tests. */
final class FakePipeline {

    private FakePipeline() {}

    static PipelineSession session(Path folder, Display display, boolean keepDatabase) {
        PipelineSettings settings = new PipelineSettings(
                PipelineLake.in(folder.resolve("lake")),
                "r1",
                new Window(YearMonth.of(2015, 3), YearMonth.of(2015, 4)),
                List.of("--read-parallelism", "2"),
                Optional.of(List.of("--tables", "/definitions")),
                new SparkSettings("local[2,4]", 2, "1g", List.of(), false),
                new PipelineSettings.GeneratedSource(0.001, 0, 1, false, keepDatabase),
                Optional.empty(),
                List.of("--scale", "0.001"));
        return new PipelineSession(Project.at(folder), settings, parts(folder), display);
    }

    private static PipelineSession.Parts parts(Path folder) {
        return new PipelineSession.Parts() {
            @Override
            public JobLauncher launcher(Path temporaryFolder) {
                return FakeJob.launcher(folder);
            }

            @Override
            public SourceDatabase source(Path temporaryFolder) {
                return new OwnDatabase(List.of("--secret", "file:" + folder.resolve("secret.json")));
            }
        };
    }

    public static void main(String[] arguments) {
        Display display = new PlainDisplay(System.err, System::nanoTime);
        boolean keepDatabase = arguments.length > 1;
        System.exit(session(Path.of(arguments[0]), display, keepDatabase).run(System.out, System.err));
    }
}
