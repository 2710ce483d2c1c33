package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class PipelineInterruptionTest {

    @TempDir
    private Path folder;

    @Test
    @Timeout(300)
    void endsItsJobsAndCleansUpWhenTerminated() throws Exception {
        Files.writeString(folder.resolve("ExtractDimensions.behaviour"), "hang");
        Process pipeline = start(folder.toString());
        try (BufferedReader err = pipeline.errorReader()) {
            ProcessHandle job = awaitJob(pipeline);

            pipeline.toHandle().destroy();

            assertThat(pipeline.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(pipeline.exitValue()).isEqualTo(143);
            assertThat(job.isAlive()).isFalse();
            List<String> lines = err.lines().toList();
            assertThat(lines).last().asString().startsWith("interrupted;").endsWith("--run-id r1");
            assertThat(lines).noneMatch(line -> line.startsWith("error"));
        }
        assertThat(folder.resolve(".work/tmp")).isEmptyDirectory();
    }

    @Test
    @Timeout(300)
    void keepsTheDatabaseUntilItIsTerminated() throws Exception {
        Process pipeline = start(folder.toString(), "keep the database");
        try (BufferedReader out = pipeline.inputReader();
                BufferedReader err = pipeline.errorReader()) {
            assertThat(out.lines().anyMatch(line -> line.startsWith("the database runs until Ctrl-C")))
                    .isTrue();
            LakeLock.of(PipelineLake.in(folder.resolve("lake"))).close();

            pipeline.toHandle().destroy();

            assertThat(err.lines().toList()).last().isEqualTo("the database has ended");
            assertThat(pipeline.waitFor()).isEqualTo(143);
        }
        assertThat(folder.resolve(".work/tmp")).isEmptyDirectory();
    }

    private static Process start(String... arguments) throws IOException {
        ProcessBuilder process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                FakePipeline.class.getName());
        process.command().addAll(List.of(arguments));
        return process.start();
    }

    /** Waits for the process that the pipeline starts. */
    private static ProcessHandle awaitJob(Process pipeline) throws IOException {
        while (pipeline.isAlive()) {
            List<ProcessHandle> children = pipeline.children().toList();
            if (!children.isEmpty()) {
                return children.get(0);
            }
            Thread.onSpinWait();
        }
        throw new IOException("the pipeline ended: " + pipeline.exitValue());
    }
}
