package io.retaillake.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.macasaet.fernet.Key;
import io.retaillake.common.job.JobException;
import io.retaillake.common.s3.S3Server;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** The store on an S3 server, whose conditional writes decide who has a turn. */
class S3LogStoreIT {

    private static final String BUCKET = "logs";
    private static final int COLLECTORS = 4;

    @TempDir
    private static Path folder;

    private static S3Server server;
    private static S3Client client;

    @BeforeAll
    static void start() throws Exception {
        server = S3Server.start(Path.of(System.getProperty("s3proxy.jar")), folder);
        server.createBucket(BUCKET);
        System.setProperty("aws.accessKeyId", S3Server.KEY_ID);
        System.setProperty("aws.secretAccessKey", server.secretKey());
        System.setProperty("aws.region", "ap-northeast-2");
        client = client(server.url());
    }

    private static S3Client client(String url) {
        System.setProperty("aws.endpointUrlS3", url);
        return S3LogStore.client();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
        List.of("aws.accessKeyId", "aws.secretAccessKey", "aws.region", "aws.endpointUrlS3")
                .forEach(System::clearProperty);
    }

    @Test
    void objectIsWrittenOnceAndRead() {
        LogStore store = new S3LogStore(client, BUCKET, "one/");
        assertThat(store.list("turns/")).isEmpty();
        assertThat(store.read("turns/1")).isEmpty();
        assertThat(store.createNew("turns/1", bytes("first"))).isTrue();
        assertThat(store.createNew("turns/1", bytes("second"))).isFalse();
        assertThat(store.createNew("turns/2", bytes("third"))).isTrue();
        assertThat(store.read("turns/1"))
                .hasValueSatisfying(bytes -> assertThat(bytes).asString().isEqualTo("first"));
        assertThat(store.list("turns/")).containsExactly("turns/1", "turns/2");
        store.delete("turns/1");
        store.delete("turns/1");
        assertThat(store.list("turns/")).containsExactly("turns/2");
    }

    @Test
    void oneOfSeveralWriters() throws Exception {
        LogStore store = new S3LogStore(client, BUCKET, "several/");
        ExecutorService threads = Executors.newFixedThreadPool(COLLECTORS);
        try {
            for (int round = 0; round < 25; round++) {
                String name = "turns/" + round;
                CyclicBarrier together = new CyclicBarrier(COLLECTORS);
                List<Callable<String>> writers = new ArrayList<>();
                for (int i = 0; i < COLLECTORS; i++) {
                    String content = "writer " + i;
                    writers.add(() -> {
                        together.await();
                        return store.createNew(name, bytes(content)) ? content : "";
                    });
                }
                List<String> winners = new ArrayList<>();
                for (Future<String> writer : threads.invokeAll(writers)) {
                    winners.add(writer.get());
                }
                winners.removeIf(String::isEmpty);
                assertThat(winners).as("round %d", round).hasSize(1);
                assertThat(store.read(name))
                        .hasValueSatisfying(
                                bytes -> assertThat(bytes).asString().isEqualTo(winners.get(0)));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void collectorsAtOnceBringEachRecordOnce() throws Exception {
        Key key = Key.generateKey();
        Duration every = Duration.ofMinutes(3);
        TrialClock clock = new TrialClock(Instant.parse("2026-11-29T00:00:05Z"));
        LogFeed feed = new LogFeed(every, 30, 1, Set.of(), key);
        ExecutorService threads = Executors.newFixedThreadPool(COLLECTORS);
        try (LogServer source = LogServer.start(feed, Set.of(), 1, every, clock, 0)) {
            for (int turn = 0; turn < 5; turn++) {
                CyclicBarrier together = new CyclicBarrier(COLLECTORS);
                Callable<TurnResult> one = () -> {
                    LogCollector collector = new LogCollector(
                            CollectorSettings.DEFAULT,
                            new S3LogStore(client, BUCKET, "together/"),
                            new HttpLogSource(
                                    URI.create(source.url() + "/logs"), Duration.ofSeconds(30), 1 << 20, clock),
                            new KeyRing(() -> List.of(key), clock),
                            clock,
                            clock);
                    together.await();
                    return collector.collect(clock.instant(), clock.instant());
                };
                long accepted = 0;
                for (Future<TurnResult> result : threads.invokeAll(List.of(one, one, one, one))) {
                    accepted += result.get().accepted();
                }
                assertThat(accepted).as("turn %d", turn).isEqualTo(30);
                clock.sleep(every);
            }
        } finally {
            threads.shutdownNow();
        }
        LogContent content = LogContent.of(new S3LogStore(client, BUCKET, "together/"));
        assertThat(content.problems()).isEmpty();
        assertThat(content.records()).hasSize(150);
        assertThat(content.missing()).isZero();
    }

    @Test
    void serverThatIsNotThereIsToldWithWhatToDo() {
        try (S3Client nobody = client("http://127.0.0.1:1")) {
            assertThatThrownBy(() -> new S3LogStore(nobody, BUCKET, "").list("turns/"))
                    .isInstanceOf(JobException.class)
                    .hasMessageContaining("s3://logs/turns/")
                    .hasMessageContaining("AWS_ENDPOINT_URL_S3");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
