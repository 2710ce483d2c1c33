package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A second pipeline on a lake, in a project where none has run before: kept off while the first lives, taking over when it
 * was killed.
 */
@Tag("faults")
class PipelineTakeoverIT {

    private static final int OUTSIDE_SYSTEM = 4;
    private static final int INTERVAL_MILLIS = 5;
    private static final int MOST_SECONDS_TO_END = 120;
    private static final String RUN = "takeover";

    @TempDir
    private Path folder;

    @Test
    void saysWhoHoldsTheLakeAndTakesOverFromADeadOne() throws Exception {
        Path lake = folder.resolve("lake");
        FreshProject project = FreshProject.in(folder);
        Submission submission = new Submission(folder, new SecretWatch(List.of()), "local[2,4]");

        Submission.Running first = submission.start(pipeline(submission, project, lake), "");
        await(first, () -> Files.exists(lake.resolve("catalog.db")));
        Submission.Ended second = submission.run(pipeline(submission, project, lake), "");
        await(first, () -> CatalogFile.isPublished(lake, "bronze.customer", RUN));
        List<ProcessHandle> children = first.process().descendants().toList();
        first.process().destroyForcibly().waitFor();
        for (ProcessHandle child : children) {
            child.onExit().get(MOST_SECONDS_TO_END, TimeUnit.SECONDS);
        }
        Submission.Ended third = submission.run(pipeline(submission, project, lake), "");

        assertThat(second.exitCode()).as(second.err()).isEqualTo(OUTSIDE_SYSTEM);
        assertThat(second.err())
                .contains("another pipeline is working on the lake")
                .contains("process " + first.process().pid());
        assertThat(third.exitCode()).as(third.err()).isZero();
        assertThat(third.out()).contains("Reconciliation of run " + RUN);
        assertThat(children).as("job and database").hasSizeGreaterThan(1);
        assertThat(project.temporaryFiles()).as("secrets of the dead one").isEmptyDirectory();
        assertThat(submission.query(lake, LakeContent.successes()))
                .doesNotHaveDuplicates()
                .hasSize(16);
    }

    private static ProcessBuilder pipeline(Submission submission, FreshProject project, Path lake) {
        return submission.pipelineCommand(
                project.root(),
                List.of(
                        "--scale",
                        "0.001",
                        "--lake",
                        lake.toString(),
                        "--run-id",
                        RUN,
                        "--cores",
                        "2",
                        "--memory",
                        "1g"));
    }

    private static void await(Submission.Running pipeline, Submission.Moment moment) throws Exception {
        while (!moment.hasCome()) {
            assertThat(pipeline.process().waitFor(INTERVAL_MILLIS, TimeUnit.MILLISECONDS))
                    .as(Files.readString(pipeline.err()))
                    .isFalse();
        }
    }
}
