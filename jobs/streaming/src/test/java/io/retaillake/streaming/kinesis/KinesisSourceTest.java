package io.retaillake.streaming.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.common.event.Aggregates;
import io.retaillake.common.job.JobException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.apache.spark.sql.connector.read.streaming.ReadLimit;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kinesis.model.Shard;

@Timeout(300)
class KinesisSourceTest {

    private static Kinesalite server;
    private static SparkSession spark;

    @TempDir
    private Path folder;

    private Map<String, String> options;
    private String streamName;
    private final List<StreamingQueryProgress> progress = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        server = Kinesalite.start();
        spark = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", "2")
                .getOrCreate();
    }

    @AfterAll
    static void stop() {
        if (spark != null) {
            spark.stop();
        }
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void nameStream() {
        streamName = "s-" + UUID.randomUUID();
        options = new TreeMap<>(Map.of(
                "stream",
                streamName,
                "region",
                "ap-northeast-2",
                "endpointUrl",
                server.url(),
                "maxFetchMilliseconds",
                "20000"));
    }

    private TestStream stream(int shards) {
        return new TestStream(server.url(), streamName, shards);
    }

    @Test
    void readsMoreThanOneAnswerHasAndGoesOnWhereItStopped() throws Exception {
        try (TestStream stream = stream(1)) {
            List<String> first = stream.put("a", 10_300);
            Batches batches = new Batches();
            run(batches);
            assertThat(batches.payloads()).containsExactlyInAnyOrderElementsOf(first);
            assertThat(batches.all().stream().map(Batches.Read::position))
                    .allMatch(digits -> digits.matches("\\d{64}"));

            List<String> second = stream.put("b", 30);
            Batches after = new Batches();
            run(after);
            assertThat(after.payloads()).containsExactlyInAnyOrderElementsOf(second);
            run(after);
            assertThat(after.payloads()).hasSize(30);
        }
    }

    @Test
    void readsParentsBeforeChildrenWhenShardsWereSplitAndMergedInBetween() throws Exception {
        try (TestStream stream = stream(2)) {
            Batches batches = new Batches();
            List<String> put = new ArrayList<>(stream.put("a", 40));
            run(batches);
            put.addAll(stream.put("b", 40));
            stream.split();
            put.addAll(stream.put("c", 40));
            stream.merge();
            put.addAll(stream.put("d", 40));
            stream.merge();
            put.addAll(stream.put("e", 40));
            run(batches);
            assertThat(batches.payloads()).containsExactlyInAnyOrderElementsOf(put);
            assertThat(batches.batchesOfShards()).hasSize(6);
            assertParentsFirst(stream, batches);
            assertThat(KinesisOffset.ofJson(lastEnd()).shards())
                    .containsOnlyKeys(
                            stream.openShards().stream().map(Shard::shardId).toList());
        }
    }

    @Test
    void followsSplitsAndMergesWhileItRuns() throws Exception {
        try (TestStream stream = stream(1)) {
            Batches batches = new Batches();
            StreamingQuery query = query(batches, Trigger.ProcessingTime(100));
            try {
                List<String> put = new ArrayList<>(stream.put("a", 20));
                await(query, batches, put);
                stream.split();
                put.addAll(stream.put("b", 20));
                await(query, batches, put);
                stream.merge();
                put.addAll(stream.put("c", 20));
                await(query, batches, put);
                assertParentsFirst(stream, batches);
            } finally {
                query.stop();
            }
        }
    }

    @Test
    void takesAggregatedRecordsApart() throws Exception {
        try (TestStream stream = stream(1)) {
            stream.putBytes(Aggregates.record(
                    Aggregates.message(List.of(TestStream.utf8("x"), TestStream.utf8("y"), TestStream.utf8("x")))));
            stream.putBytes(TestStream.utf8("z"));
            Batches batches = new Batches();
            run(batches);
            assertThat(batches.payloads()).containsExactly("x", "y", "x", "z");
            List<String> positions =
                    batches.all().stream().map(Batches.Read::position).toList();
            assertThat(positions).isSorted().doesNotHaveDuplicates();
            assertThat(positions.get(2)).isEqualTo(positions.get(0).replaceAll("0{8}$", "00000002"));
        }
    }

    @Test
    void readsEveryBatchAgainAsARange() throws Exception {
        try (TestStream stream = stream(2)) {
            stream.put("a", 50);
            stream.split();
            stream.put("b", 50);
            options.put("maxRecordsPerShardPerBatch", "7");
            Batches batches = new Batches();
            run(batches);
            assertThat(batches.payloads()).hasSize(100);
            assertThat(batches.byNumber()).hasSizeGreaterThan(5);
            for (StreamingQueryProgress one : progress) {
                KinesisOffset end = KinesisOffset.ofJson(one.sources()[0].endOffset());
                KinesisOffset start = one.sources()[0].startOffset() == null
                        ? KinesisOffset.ofJson("{}")
                        : KinesisOffset.ofJson(one.sources()[0].startOffset());
                List<Batches.Read> again = Batches.read(range(start.json(), end.json()));
                assertThat(again)
                        .containsExactlyInAnyOrderElementsOf(batches.byNumber().getOrDefault(one.batchId(), List.of()));
                assertThat(KinesisOffset.ofPositions(start.rangeTo(end).to()).json())
                        .isEqualTo(end.json());
            }
            assertThat(Batches.read(range("{}", lastEnd()))).hasSizeLessThan(100);
        }
    }

    @Test
    void repeatsABatchThatFailedWithTheSameRowsThoughMoreHasCome() throws Exception {
        try (TestStream stream = stream(2)) {
            stream.put("a", 10);
            Batches batches = new Batches();
            run(batches);
            List<String> second = stream.put("b", 10);
            List<List<Batches.Read>> failed = new ArrayList<>();
            assertThatThrownBy(() -> source().writeStream()
                            .foreachBatch((VoidFunction2<Dataset<Row>, Long>) (rows, number) -> {
                                failed.add(Batches.read(rows));
                                throw new IllegalStateException("as if it were killed");
                            })
                            .option(
                                    "checkpointLocation",
                                    folder.resolve("checkpoint").toString())
                            .trigger(Trigger.AvailableNow())
                            .start()
                            .awaitTermination())
                    .hasStackTraceContaining("as if it were killed");
            stream.put("c", 10);
            Batches after = new Batches();
            run(after);
            assertThat(failed).hasSize(1);
            assertThat(after.byNumber().get(1L)).containsExactlyInAnyOrderElementsOf(failed.get(0));
            assertThat(failed.get(0)).extracting(Batches.Read::payload).containsExactlyInAnyOrderElementsOf(second);
            assertThat(after.payloads()).hasSize(20);
        }
    }

    @Test
    void beginsAtOffsetsOrAtWhatIsNew() throws Exception {
        try (TestStream stream = stream(2)) {
            stream.put("a", 20);
            run(new Batches());
            options.put("startingPosition", lastEnd());
            List<String> second = stream.put("b", 20);
            Batches batches = new Batches();
            run(batches, "another");
            assertThat(batches.payloads()).containsExactlyInAnyOrderElementsOf(second);

            options.put("startingPosition", "LATEST");
            String checkpoint = folder.resolve("latest").toString();
            KinesisMicroBatchStream latest = microBatchStream(checkpoint);
            Offset start = latest.initialOffset();
            List<String> third = stream.put("c", 40);
            Offset end = latest.latestOffset(start, ReadLimit.allAvailable());
            latest.stop();
            assertThat(Batches.read(range(start.json(), end.json())))
                    .extracting(Batches.Read::payload)
                    .containsExactlyInAnyOrderElementsOf(third);
            KinesisMicroBatchStream restarted = microBatchStream(checkpoint);
            assertThat(restarted.initialOffset()).isEqualTo(start);
            restarted.stop();
        }
    }

    @Test
    void refusesToGoOnWhereRecordsAreGone() throws Exception {
        try (TestStream stream = stream(1)) {
            List<String> put = stream.put("a", 5);
            Shard shard = stream.shards().get(0);
            // As a record's that has expired: it is of this shard, and there is none with it.
            String gone = shard.sequenceNumberRange().startingSequenceNumber();
            options.put("startingPosition", "{\"" + shard.shardId() + "\":\"" + gone + "\"}");
            assertThatThrownBy(() -> run(new Batches()))
                    .hasStackTraceContaining("that record is not there any more")
                    .hasStackTraceContaining("read what it has under another name: --query <name>");
            String end = "{\"" + shard.shardId() + "\":\"SHARD_END\"}";
            assertThatThrownBy(() -> range(options.get("startingPosition"), end).collectAsList())
                    .hasStackTraceContaining("that record is not there any more");

            options.put("failOnDataLoss", "false");
            Batches batches = new Batches();
            run(batches);
            assertThat(batches.payloads()).containsExactlyElementsOf(put);
        }
    }

    @Test
    void refusesAStreamThatWasCreatedAgainAndOneThatIsNotThere() throws Exception {
        try (TestStream stream = stream(2)) {
            stream.put("a", 5);
            run(new Batches());
            stream.delete();
        }
        // Sequence numbers tell streams apart by the second of their creation.
        KinesisCalls.sleep(1_000);
        try (TestStream stream = stream(1)) {
            stream.put("b", 5);
            assertThatThrownBy(() -> run(new Batches()))
                    .hasStackTraceContaining("shardId-000000000001 was read up to")
                    .hasStackTraceContaining("the stream has no such shard");
            options.put("startingPosition", lastEnd().replaceAll(",.*", "}"));
            assertThatThrownBy(() -> run(new Batches(), "another"))
                    .hasStackTraceContaining("the stream was deleted and created again");
        }
        options.put("stream", "missing");
        assertThatThrownBy(() -> run(new Batches(), "missing"))
                .hasStackTraceContaining("There is no Kinesis stream missing");
    }

    @Test
    void waitsWhileTheShardIsBusyAndRenewsIteratorsThatExpire() throws Exception {
        List<String> errors = new ArrayList<>(Collections.nCopies(6, "ProvisionedThroughputExceededException"));
        errors.addAll(Collections.nCopies(2, "ExpiredIteratorException"));
        try (TestStream stream = stream(1);
                FaultyProxy proxy = new FaultyProxy(server.url(), "GetRecords", errors)) {
            List<String> put = stream.put("a", 20);
            options.put("endpointUrl", proxy.url());
            options.put("maxRecordsPerBatch", "7");
            Batches batches = new Batches();
            run(batches);
            assertThat(proxy.errorsLeft()).isZero();
            assertThat(batches.payloads()).containsExactlyElementsOf(put);
            assertThat(batches.byNumber().get(0L)).hasSize(7);
        }
    }

    @Test
    void endsWithoutAFailureWhenItIsStoppedWhileItReadsAhead() throws Exception {
        try (TestStream stream = stream(1)) {
            stream.put("a", 1);
            KinesisMicroBatchStream stopped =
                    microBatchStream(folder.resolve("stopped").toString());
            Offset start = stopped.initialOffset();
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> stopped.latestOffset(start, ReadLimit.allAvailable()))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
            stopped.stop();
        }
    }

    @Test
    void saysEverythingThatIsWrongWithItsOptions() {
        options.put("stream", "a b");
        options.put("startingPosition", "EARLIEST");
        options.put("maxRecordsPerBatch", "0");
        options.put("failOnDataloss", "yes");
        options.put("streamName", "a");
        assertThatThrownBy(this::source)
                .isInstanceOf(JobException.class)
                .hasMessageContaining("stream is 'a b'")
                .hasMessageContaining("startingPosition is 'EARLIEST'")
                .hasMessageContaining("maxRecordsPerBatch is '0'")
                .hasMessageContaining("failOnDataLoss is 'yes'")
                .hasMessageContaining("streamname is no option");
        assertThatThrownBy(() -> KinesisOffset.ofJson("{\"shardId-0\":\"LATEST\"}"))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("'LATEST' is no position");
    }

    private Dataset<Row> source() {
        return spark.readStream()
                .format(KinesisSource.class.getName())
                .options(options)
                .load();
    }

    private Dataset<Row> range(String start, String end) {
        return spark.read()
                .format(KinesisSource.class.getName())
                .options(options)
                .option("startingOffsets", start)
                .option("endingOffsets", end)
                .load();
    }

    private KinesisMicroBatchStream microBatchStream(String checkpoint) {
        return new KinesisMicroBatchStream(
                StreamOptions.of(options), checkpoint, spark.sessionState().newHadoopConf());
    }

    private void run(Batches batches) throws Exception {
        run(batches, "checkpoint");
    }

    private void run(Batches batches, String checkpoint) throws Exception {
        StreamingQuery query = query(batches, Trigger.AvailableNow(), checkpoint);
        query.awaitTermination();
        progress.addAll(List.of(query.recentProgress()));
    }

    private StreamingQuery query(Batches batches, Trigger trigger) throws Exception {
        return query(batches, trigger, "checkpoint");
    }

    private StreamingQuery query(Batches batches, Trigger trigger, String checkpoint) throws Exception {
        return source().writeStream()
                .foreachBatch((VoidFunction2<Dataset<Row>, Long>) batches::add)
                .option("checkpointLocation", folder.resolve(checkpoint).toString())
                .trigger(trigger)
                .start();
    }

    private String lastEnd() {
        return progress.get(progress.size() - 1).sources()[0].endOffset();
    }

    private static void await(StreamingQuery query, Batches batches, List<String> payloads) throws Exception {
        while (batches.payloads().size() < payloads.size()) {
            if (query.awaitTermination(20)) {
                throw new IllegalStateException("The query ended");
            }
        }
        assertThat(batches.payloads()).containsExactlyInAnyOrderElementsOf(payloads);
    }

    private static void assertParentsFirst(TestStream stream, Batches batches) {
        Map<String, long[]> spans = batches.batchesOfShards();
        stream.shards().stream()
                .filter(shard -> spans.containsKey(shard.shardId()))
                .forEach(shard -> Stream.of(shard.parentShardId(), shard.adjacentParentShardId())
                        .filter(parent -> parent != null && spans.containsKey(parent))
                        .forEach(parent -> assertThat(spans.get(parent)[1])
                                .as("the last batch with %s, which became %s", parent, shard.shardId())
                                .isLessThan(spans.get(shard.shardId())[0])));
    }
}
