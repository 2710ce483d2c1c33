package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.command.TemporaryFolder;
import io.retaillake.generator.GeneratorModule;
import io.retaillake.jobs.RetailJobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With everything logged that can be, nothing that a whole run or a failed one leaves holds a password in any form. */
@Tag("faults")
class SecretsIT {

    private static final String PASSWORD = "p'\"%41&@:/?#[$x] \\한글; '; DROP TABLE purchase; --"
            + UUID.randomUUID().toString().substring(0, 16);
    private static final String RUN = "secrets-" + UUID.randomUUID();

    /** The JVM of every process reads it, Spark's and ours. */
    private static final String LOG_EVERYTHING = "-Dretail-lake.log-level=debug -Dretail-lake.own-log-level=debug";

    @TempDir
    private static Path folder;

    private static Path left;
    private static Path lake;
    private static Path events;
    private static Path logs;
    private static SecretWatch watch;
    private static Submission submission;
    private static Submission.Ended prepared;
    private static Submission.Ended run;
    private static Submission.Ended refused;
    private static Submission.Ended withoutTls;
    private static List<String> ledger;

    @BeforeAll
    static void runEverythingAndFailTwice() throws Exception {
        Path secrets = Files.createDirectory(folder.resolve("secrets"));
        left = Files.createDirectory(folder.resolve("left"));
        lake = left.resolve("lake");
        events = Files.createDirectory(left.resolve("events"));
        logs = Submission.PROJECT.workFolder().resolve("logs").resolve(RUN);
        IntegrationSource source = new IntegrationSource(secrets, "secrets", PASSWORD);
        String wrong = "wrong-" + PASSWORD;
        List<String> passwords = new ArrayList<>(source.passwords());
        passwords.add(wrong);
        watch = new SecretWatch(passwords);
        submission = new Submission(
                left, watch, "local[2,4]", "spark.eventLog.enabled=true", "spark.eventLog.dir=" + events.toUri());

        List<String> prepare = new ArrayList<>(source.options(source.adminSecret()));
        prepare.addAll(List.of("--reader-secret", "file:" + source.readerSecret(), "--scale", "0.0005"));
        prepared = debug(submission.command(GeneratorModule.FILL_SOURCE, prepare));

        List<String> everything = new ArrayList<>(source.readerOptions());
        everything.addAll(List.of("--lake", lake.toString(), "--run-id", RUN, "--cores", "2", "--memory", "1g"));
        everything.addAll(List.of("--conf", "spark.eventLog.enabled=true"));
        everything.addAll(List.of("--conf", "spark.eventLog.dir=" + events.toUri()));
        run = debug(submission.pipelineCommand(everything));

        refused = debug(submission.command(
                RetailJobs.EXTRACT_DIMENSIONS,
                inLake(source.options(source.secretWithPassword(secrets.resolve("wrong.json"), wrong)))));
        withoutTls = debug(submission.command(
                RetailJobs.EXTRACT_DIMENSIONS, inLake(source.readerOptions(), "--ssl-mode=verify-full")));
        ledger = submission.query(lake, "SELECT to_json(struct(*)) AS line FROM ops.job_runs");
    }

    private static Submission.Ended debug(ProcessBuilder process) throws IOException, InterruptedException {
        process.environment().put("JAVA_TOOL_OPTIONS", LOG_EVERYTHING);
        return submission.run(process, "");
    }

    private static List<String> inLake(List<String> source, String... more) {
        List<String> arguments = new ArrayList<>(source);
        arguments.addAll(List.of("--lake", lake.toString()));
        if (more.length > 0) {
            int mode = arguments.indexOf("--ssl-mode");
            arguments.subList(mode, mode + 2).clear();
            arguments.addAll(List.of(more));
        }
        return arguments;
    }

    @AfterAll
    static void removeLogs() {
        TemporaryFolder.deleteTree(logs);
    }

    @Test
    void theRunSucceedsWithAnAwkwardPasswordAndLogsEverything() throws IOException {
        assertThat(prepared.exitCode()).as(prepared.message()).isZero();
        assertThat(prepared.err()).contains("DEBUG");
        assertThat(run.exitCode()).as(run.message()).isZero();
        assertThat(SecretWatch.fileCount(events)).as("event logs").isGreaterThan(1);
        try (Stream<Path> all = Files.walk(logs)) {
            assertThat(all.filter(Files::isRegularFile))
                    .anySatisfy(log -> assertThat(log).content().contains("DEBUG"));
        }
        assertThat(ledger).hasSizeGreaterThan(8);
    }

    @Test
    void failedConnectionsSayWhyAndNoPassword() {
        assertThat(refused.message()).contains("password authentication failed");
        assertThat(withoutTls.message()).contains("SSL").contains("--ssl-mode");
    }

    @Test
    void nothingThatIsLeftHoldsAPassword() throws IOException {
        watch.inspectFiles(left);
        watch.inspectFiles(logs);

        assertThat(watch.leaks()).isEmpty();
        assertThat(watch.processCount()).as("processes watched").isGreaterThan(5);
    }
}
