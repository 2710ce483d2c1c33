package io.retaillake.streaming.kinesis;

import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** A stream of a server, as a producer and an operator have it. */
public final class TestStream implements AutoCloseable {

    private final String name;
    private final KinesisClient client;

    /** Creates it. */
    public TestStream(String url, String name, int shards) {
        this.name = name;
        client = KinesisClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .region(Region.AP_NORTHEAST_2)
                .endpointOverride(URI.create(url))
                .build();
        client.createStream(request -> request.streamName(name).shardCount(shards));
        awaitActive();
    }

    /** Creates one that was deleted again; until it begins elsewhere than it did, for the server numbers records by the second. */
    static TestStream anew(String url, String name, String beginBefore) {
        TestStream stream = new TestStream(url, name, 1);
        while (stream.begin().equals(beginBefore)) {
            stream.delete();
            stream.close();
            stream = new TestStream(url, name, 1);
        }
        return stream;
    }

    /** The sequence number at which the first shard begins. */
    String begin() {
        return shards().get(0).sequenceNumberRange().startingSequenceNumber();
    }

    String name() {
        return name;
    }

    /** Puts texts, spread over the shards. */
    List<String> put(String prefix, int count) {
        List<String> texts = new ArrayList<>();
        List<PutRecordsRequestEntry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(prefix + i);
            entries.add(PutRecordsRequestEntry.builder()
                    .partitionKey(prefix + i)
                    .data(SdkBytes.fromUtf8String(prefix + i))
                    .build());
            if (entries.size() == 500 || i == count - 1) {
                List<PutRecordsRequestEntry> batch = List.copyOf(entries);
                client.putRecords(request -> request.streamName(name).records(batch));
                entries.clear();
            }
        }
        return texts;
    }

    void putBytes(byte[] data) {
        client.putRecord(request -> request.streamName(name).partitionKey("key").data(SdkBytes.fromByteArray(data)));
    }

    /** All records, shard by shard. */
    public List<Record> records() {
        List<Record> records = new ArrayList<>();
        for (Shard shard : shards()) {
            String iterator = client.getShardIterator(request -> request.streamName(name)
                            .shardId(shard.shardId())
                            .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                    .shardIterator();
            GetRecordsResponse page;
            do {
                String next = iterator;
                page = client.getRecords(request -> request.shardIterator(next));
                records.addAll(page.records());
                iterator = page.nextShardIterator();
            } while (!page.records().isEmpty());
        }
        return records;
    }

    List<Shard> shards() {
        return client.listShards(request -> request.streamName(name)).shards();
    }

    List<Shard> openShards() {
        return shards().stream()
                .filter(shard -> shard.sequenceNumberRange().endingSequenceNumber() == null)
                .toList();
    }

    /** Splits the first open shard in halves. */
    void split() {
        Shard shard = openShards().get(0);
        BigInteger begin = new BigInteger(shard.hashKeyRange().startingHashKey());
        BigInteger end = new BigInteger(shard.hashKeyRange().endingHashKey());
        client.splitShard(request -> request.streamName(name)
                .shardToSplit(shard.shardId())
                .newStartingHashKey(begin.add(end).shiftRight(1).toString()));
        awaitActive();
    }

    /** Merges the two open shards with the lowest hash keys. */
    void merge() {
        List<Shard> open = openShards().stream()
                .sorted((one, other) -> new BigInteger(one.hashKeyRange().startingHashKey())
                        .compareTo(new BigInteger(other.hashKeyRange().startingHashKey())))
                .toList();
        client.mergeShards(request -> request.streamName(name)
                .shardToMerge(open.get(0).shardId())
                .adjacentShardToMerge(open.get(1).shardId()));
        awaitActive();
    }

    void delete() {
        client.deleteStream(request -> request.streamName(name));
        client.waiter().waitUntilStreamNotExists(request -> request.streamName(name));
    }

    private void awaitActive() {
        while (client.describeStreamSummary(request -> request.streamName(name))
                        .streamDescriptionSummary()
                        .streamStatus()
                != StreamStatus.ACTIVE) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        client.close();
    }
}
