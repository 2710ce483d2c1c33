package io.retaillake.streaming.kinesis;

import io.retaillake.common.job.JobException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.KinesisClientBuilder;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** Requests about one stream, repeated with growing pauses while the service is busy or out of reach. */
final class KinesisCalls {

    private static final int ATTEMPTS = 9;
    private static final long FIRST_PAUSE_MILLISECONDS = 200;
    private static final long LONGEST_PAUSE_MILLISECONDS = 5_000;

    /** One for all tasks of a process, by region and endpoint, for the life of the process: a client's start takes longer than a batch. */
    private static final Map<List<String>, KinesisClient> CLIENTS = new ConcurrentHashMap<>();

    private final KinesisClient client;
    private final String stream;

    KinesisCalls(StreamOptions options) {
        stream = options.stream();
        client = CLIENTS.computeIfAbsent(
                List.of(String.valueOf(options.region()), String.valueOf(options.endpointUrl())),
                key -> client(options));
    }

    private static KinesisClient client(StreamOptions options) {
        try {
            KinesisClientBuilder builder = KinesisClient.builder()
                    .httpClientBuilder(UrlConnectionHttpClient.builder()
                            .connectionTimeout(Duration.ofSeconds(5))
                            .socketTimeout(Duration.ofSeconds(30)));
            if (options.region() != null) {
                builder.region(Region.of(options.region()));
            }
            if (options.endpointUrl() != null) {
                builder.endpointOverride(URI.create(options.endpointUrl()));
            }
            return builder.build();
        } catch (SdkException e) {
            throw JobException.outsideSystem(
                    "A client of Kinesis can't be made: " + e.getMessage() + "\nSet the option region, or AWS_REGION.",
                    e);
        }
    }

    /**
     * All shards that may have records.
     *
     * @throws JobException exit code 4 if there is no such stream
     */
    ShardLineage lineage() {
        try {
            return new ShardLineage(shards());
        } catch (ResourceNotFoundException e) {
            throw JobException.outsideSystem(
                    "There is no Kinesis stream " + stream + " in this account and region: " + e.getMessage()
                            + "\nCheck its name, the option region, and whose credentials these are.",
                    e);
        }
    }

    private List<Shard> shards() {
        List<Shard> shards = new ArrayList<>();
        String token = null;
        do {
            String next = token;
            ListShardsResponse page = answer(() -> next == null
                    ? client.listShards(request -> request.streamName(stream))
                    : client.listShards(request -> request.nextToken(next)));
            shards.addAll(page.shards());
            token = page.nextToken();
        } while (token != null);
        return shards;
    }

    /**
     * An iterator.
     *
     * @param at whether a sequence number's record itself comes first, and not the one after it
     * @throws ResourceNotFoundException if there is no such shard
     * @throws InvalidArgumentException if the sequence number is none of this stream's
     */
    String iterator(String shard, ShardPosition position, boolean at) {
        GetShardIteratorRequest.Builder request =
                GetShardIteratorRequest.builder().streamName(stream).shardId(shard);
        if (position.isSequenceNumber()) {
            request.shardIteratorType(
                            at ? ShardIteratorType.AT_SEQUENCE_NUMBER : ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                    .startingSequenceNumber(position.text());
        } else if (position.isTimestamp()) {
            request.shardIteratorType(ShardIteratorType.AT_TIMESTAMP)
                    .timestamp(Instant.ofEpochMilli(position.milliseconds()));
        } else {
            request.shardIteratorType(ShardIteratorType.TRIM_HORIZON);
        }
        return answer(() -> client.getShardIterator(request.build())).shardIterator();
    }

    /**
     * The next records.
     *
     * @throws ExpiredIteratorException if the iterator is older than five minutes
     */
    GetRecordsResponse records(String iterator, int limit) {
        return answer(() ->
                client.getRecords(request -> request.shardIterator(iterator).limit(limit)));
    }

    private <T> T answer(Supplier<T> call) {
        for (int attempt = 1; ; attempt++) {
            try {
                return call.get();
            } catch (ExpiredIteratorException | InvalidArgumentException | ResourceNotFoundException e) {
                throw e;
            } catch (AbortedException e) {
                throw interrupted();
            } catch (SdkException e) {
                if (attempt == ATTEMPTS || !isPassing(e)) {
                    throw JobException.outsideSystem(
                            "Kinesis refused to serve the stream " + stream + ", or could not be reached: "
                                    + e.getMessage()
                                    + "\nCheck the credentials, that the role may call kinesis:ListShards, GetShardIterator and"
                                    + " GetRecords, region and endpointUrl, and the stream's other consumers; then start again.",
                            e);
                }
                pause(Math.min(FIRST_PAUSE_MILLISECONDS << (attempt - 1), LONGEST_PAUSE_MILLISECONDS));
            }
        }
    }

    private static boolean isPassing(SdkException e) {
        return e instanceof ProvisionedThroughputExceededException
                || e instanceof LimitExceededException
                || e.retryable();
    }

    /** Not all at the same moment, for it is each other that they wait for. */
    private static void pause(long milliseconds) {
        sleep(milliseconds / 2 + ThreadLocalRandom.current().nextLong(milliseconds / 2 + 1));
    }

    static void sleep(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted();
        }
    }

    /** What Spark takes for the end of a query that was stopped, and not for its failure. */
    static UncheckedIOException interrupted() {
        return new UncheckedIOException(new InterruptedIOException("Reading from Kinesis was interrupted"));
    }
}
