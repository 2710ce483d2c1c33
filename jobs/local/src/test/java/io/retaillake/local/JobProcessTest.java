package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.jobs.RetailJobs;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobProcessTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    @Test
    void tellsTheWritingOfTheClassArchiveApartFromTheLastJob() throws Exception {
        List<JobOutcome> outcomes = run("-Xlog:disable", "-XX:ArchiveClassesAtExit=" + folder.resolve("classes.jsa"));

        assertThat(outcomes).extracting(JobOutcome::failed).containsExactly(false, false);
        assertThat(shown.toString(StandardCharsets.UTF_8).lines())
                .last()
                .asString()
                .matches("class archive: [0-9.]+ s, in no job's time .*");
    }

    @Test
    void saysNothingOfAnArchiveWhereNoneIsWritten() throws Exception {
        run();

        assertThat(Files.readString(folder.resolve("order.txt"))).contains("end VerifyRun");
        assertThat(shown.toString(StandardCharsets.UTF_8)).doesNotContain("class archive");
    }

    private List<JobOutcome> run(String... jvmOptions) throws Exception {
        List<JobRequest> requests = List.of(
                new JobRequest(RetailJobs.EXTRACT_DIMENSIONS, List.of()),
                new JobRequest(RetailJobs.VERIFY_RUN, List.of()));
        ProcessBuilder builder = FakeJob.launcher(folder).process(requests);
        int classPath = builder.command().indexOf("-cp") + 1;
        builder.command().set(classPath, jar().toString());
        builder.command().addAll(1, List.of(jvmOptions));
        Display display = new PlainDisplay(new PrintStream(shown, true, StandardCharsets.UTF_8), System::nanoTime);
        return JobProcess.start(requests, builder, folder.resolve("logs"), display)
                .await();
    }

    /** A JVM archives classes of jars only. */
    private Path jar() throws Exception {
        String name = FakeJob.class.getName().replace('.', '/') + ".class";
        Path jar = folder.resolve("fake.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                InputStream content = FakeJob.class.getResourceAsStream("FakeJob.class")) {
            out.putNextEntry(new JarEntry(name));
            content.transferTo(out);
        }
        return jar;
    }
}
