package io.retaillake.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.broker.EmbeddedBroker;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class BrokerOutageTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void aBrokerThatIsGoneIsToldAndReadOnWhenItIsBack() throws Exception {
        PrintStream outBefore = System.out;
        PrintStream errBefore = System.err;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"));
        try {
            StreamedTopic topic = new StreamedTopic(broker, folder);
            send(broker, topic, "before");
            CompletableFuture<Void> job = CompletableFuture.runAsync(() -> {
                try {
                    topic.streamOn("--trigger-seconds", "1");
                } catch (Exception e) {
                    throw new IllegalStateException(said(), e);
                }
            });
            await(job, () -> batches() == 1);

            broker.close();
            await(job, () -> said().contains("no answer of"));
            assertThat(said().lines().filter(line -> line.contains("no answer of")))
                    .first()
                    .asString()
                    .matches(
                            "progress job=StreamEvents step=\"read events as kafka-" + topic.name()
                                    + ": no answer of .*" + topic.name()
                                    + ".* since \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ; it is asked again, and the job ends if it stays away\" rows=1");

            int told = said().lastIndexOf("no answer of");
            broker = broker.startAgain();
            send(broker, topic, "after");
            await(job, () -> batches() == 2);
            await(job, () -> said().lastIndexOf("step=\"read events as kafka-" + topic.name() + "\"") > told);

            // Ends the job.
            broker.deleteTopic(topic.name());
            assertThatThrownBy(job::get).hasStackTraceContaining("was deleted while it was read");
            assertThat(topic.rows("SELECT event_type FROM %s ORDER BY timestamp", EventTables.EVENTS))
                    .containsExactly("[before]", "[after]");
        } finally {
            broker.close();
            System.setOut(outBefore);
            System.setErr(errBefore);
        }
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static void send(EmbeddedBroker broker, StreamedTopic topic, String type) {
        try (Topic to = new Topic(broker, topic.name())) {
            to.send(0, Topic.event(type, 200));
        }
    }

    private long batches() {
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("events batch="))
                .count();
    }

    private static void await(CompletableFuture<Void> job, BooleanSupplier condition) throws Exception {
        while (!condition.getAsBoolean()) {
            try {
                job.get(200, TimeUnit.MILLISECONDS);
                throw new AssertionError("the job has ended");
            } catch (TimeoutException e) {
                // It runs on.
            }
        }
    }
}
