package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.registry.JobDefinition;
import io.retaillake.common.registry.JobRegistry;
import io.retaillake.common.s3.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Access logs in a bucket, brought by processes of which one is killed while it writes. */
class AccessLogsIT {

    private static final int KILLED = 137;
    private static final int TURNS = 40;

    @TempDir
    private Path folder;

    @Test
    void bringsEachRecordOnceAlthoughAProcessIsKilledWhileItWrites() throws Exception {
        try (S3Server server = S3Server.start(Submission.S3_PROXY, folder)) {
            server.createBucket("acme");
            for (int turn = 1; turn <= TURNS; turn++) {
                for (Map.Entry<String, byte[]> object : CollectedLog.turn(turn).entrySet()) {
                    server.put("acme", "logs/" + object.getKey(), object.getValue());
                }
            }
            Path lake = folder.resolve("lake");
            Submission submission = new Submission(
                            folder, new SecretWatch(List.of()), "local[2,4]", "spark.sql.shuffle.partitions=2")
                    .withEnvironment(server.environment(server.url()));
            List<String> arguments = List.of("--lake", lake.toString(), "--logs", "s3://acme/logs");

            Submission.Ended killed = submission.kill(job(), arguments, () -> hasDataFile(lake));
            assertThat(killed.exitCode()).as(killed.err()).isEqualTo(KILLED);
            Submission.Ended repeated = submission.submit(job(), arguments);
            assertThat(repeated.exitCode()).as(repeated.err()).isZero();
            Submission.Ended again = submission.submit(job(), arguments);

            assertThat(repeated.out()).contains("objects=" + TURNS, "records=" + TURNS + " written=" + TURNS);
            assertThat(again.out()).contains("access logs nothing new");
            assertThat(submission.query(
                            lake,
                            "SELECT concat_ws('|', count(*), count(distinct source_id), max(turn), count(distinct in_date)) AS line"
                                    + " FROM silver.access_logs"))
                    .containsExactly(TURNS + "|" + TURNS + "|" + TURNS + "|" + TURNS);
        }
    }

    private static JobDefinition job() {
        return JobRegistry.load().named("BuildAccessLogs").orElseThrow();
    }

    private static boolean hasDataFile(Path lake) throws IOException {
        Path data = lake.resolve("data/factdata/silver/access_logs/data");
        if (!Files.exists(data)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(data)) {
            return files.anyMatch(file -> file.toString().endsWith(".parquet"));
        }
    }
}
