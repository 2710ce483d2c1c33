package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.broker.EmbeddedBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream into a lake on S3 with its tables in the Data Catalog. What it requested of these is left to the templates' tests. */
@Tag("thorough")
class StreamOnLocalServersIT {

    private static final String TOPIC = "clicks";

    /** Read by cloudformation's tests. */
    private static final Path PERMISSIONS = Path.of("target", "permissions.tsv");

    @TempDir
    private Path folder;

    @Test
    void fillsAllOfItsTables() throws Exception {
        Files.deleteIfExists(PERMISSIONS);
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"));
                JobsOnLocalServers jobs = new JobsOnLocalServers(folder)) {
            broker.createTopic(TOPIC, 2);
            // What is late to the windows that the first run closes comes in the second.
            stream(jobs, broker);
            stream(jobs, broker);
            List<String> permissions = jobs.permissions();
            Files.write(PERMISSIONS, permissions);

            assertThat(List.of("silver/events", "silver/event_rejects", "gold/events_by_window", "gold/late_events"))
                    .allSatisfy(table -> assertThat(permissions)
                            .anyMatch(
                                    line -> line.contains("glue:UpdateTable") && line.contains("/test_" + table + "\t"))
                            .anyMatch(line -> line.contains("s3:PutObject") && line.contains(table + "/data/")));
            assertThat(jobs.leaks()).isEmpty();
        }
    }

    private static void stream(JobsOnLocalServers jobs, EmbeddedBroker broker) throws Exception {
        try (NumberedEvents events = NumberedEvents.to(broker.bootstrapServers(), TOPIC)) {
            TimeUnit.SECONDS.sleep(1);
            assertThat(events.sent()).isPositive();
        }
        JobsOnLocalServers.Ended ended = jobs.run(
                "StreamEvents",
                List.of("--bootstrap-servers", broker.bootstrapServers(), "--topic", TOPIC, "--available-now"));
        assertThat(ended.succeeded()).as(ended.message()).isTrue();
        assertThat(ended.out()).contains("events batch=");
    }
}
