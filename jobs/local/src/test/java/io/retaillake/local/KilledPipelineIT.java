package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.local.KillablePipeline.Kill;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/pipeline} is ended in three ways in the middle of bronze, silver and gold, and started again each time. */
@Tag("faults")
class KilledPipelineIT {

    private static final String RUN = "killed-pipeline";

    @TempDir
    private Path folder;

    private Path lake;
    private IntegrationSource source;
    private Submission submission;

    @Test
    void startedAgainItGoesOnAndNothingIsMissingOrDoubled() throws Exception {
        lake = folder.resolve("lake");
        source = new IntegrationSource(folder, "killed_pipeline").fill(0.001, 0.02);
        submission = new Submission(folder, new SecretWatch(source.passwords()), "local[2,4]");

        kill(Kill.PIPELINE, "bronze.customer");
        kill(Kill.JOBS, "silver.regions");
        Submission.Ended terminated = kill(Kill.TERMINATE, "gold.sales_by_datetime");
        Submission.Ended completed = submission.run(command(), "");

        assertThat(terminated.err()).contains("interrupted;", "--run-id " + RUN);
        assertThat(completed.exitCode()).as(completed.err()).isZero();
        List<String> lines = submission.query(
                lake,
                String.join(
                        "\nUNION ALL\n",
                        BronzeRows.inLake(),
                        SalesFigures.inLake(SalesFigures.marts()),
                        LakeContent.successes()));
        Rows.assertEqual(
                "bronze",
                lines.stream()
                        .filter(line -> !line.startsWith("{") && !line.startsWith("ops."))
                        .toList(),
                BronzeRows.expected(source, "{s}.purchase"));
        Rows.assertEqual(
                "gold",
                lines.stream().filter(line -> line.startsWith("{")).toList(),
                SalesFigures.expected(source, "{s}.purchase", SalesFigures.marts()));
        assertThat(lines.stream().filter(line -> line.startsWith("ops.")))
                .as("successes")
                .doesNotHaveDuplicates()
                .hasSize(16);
    }

    /** Starts the pipeline, ends it when it has published {@code table}, and waits for all of its processes. */
    private Submission.Ended kill(Kill kill, String table) throws Exception {
        KillablePipeline pipeline = KillablePipeline.start(submission, command());
        Submission.Ended ended = pipeline.kill(kill, () -> CatalogFile.isPublished(lake, table, RUN));
        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(kill.exitCode());
        pipeline.awaitEnd();
        return ended;
    }

    private ProcessBuilder command() {
        List<String> arguments =
                new ArrayList<>(List.of("--lake", lake.toString(), "--run-id", RUN, "--cores", "2", "--memory", "1g"));
        arguments.addAll(source.readerOptions());
        return submission.pipelineCommand(arguments);
    }
}
