package io.retaillake.streaming.kinesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.apache.spark.sql.connector.read.streaming.ReadLimit;
import org.apache.spark.sql.connector.read.streaming.ReadMaxRows;
import org.apache.spark.sql.connector.read.streaming.SupportsTriggerAvailableNow;

/**
 * A stream in batches. A batch's end is fixed before it is read, by reading ahead on the driver: so each record travels twice, and a shard can
 * be read at half of its 2 MB/s, which is as much as it takes in. Tasks then read up to the sequence numbers found, and do so
 * again with the same rows when the batch is repeated.
 */
final class KinesisMicroBatchStream implements MicroBatchStream, SupportsTriggerAvailableNow {

    private static final int SHARDS_AT_ONCE = 8;

    private final StreamOptions options;
    private final String checkpoint;
    private final Configuration configuration;
    private final KinesisCalls calls;
    private final ReadAhead readAhead;
    private final ExecutorService threads = Executors.newFixedThreadPool(SHARDS_AT_ONCE, task -> {
        Thread thread = new Thread(task, "kinesis-read-ahead");
        thread.setDaemon(true);
        return thread;
    });
    private Map<String, ReadAhead.Part> parts = Map.of();
    private boolean started;
    private boolean availableNow;
    private final Set<String> caughtUp = ConcurrentHashMap.newKeySet();

    KinesisMicroBatchStream(StreamOptions options, String checkpoint, Configuration configuration) {
        this.options = options;
        this.checkpoint = checkpoint;
        this.configuration = configuration;
        this.calls = new KinesisCalls(options);
        this.readAhead = new ReadAhead(calls, options);
    }

    @Override
    public Offset initialOffset() {
        return InitialOffset.keptAt(checkpoint, configuration, () -> switch (options.startingPosition()) {
            case "TRIM_HORIZON" -> calls.lineage().oldest();
            case "LATEST" -> calls.lineage().openAt(System.currentTimeMillis());
            default -> KinesisOffset.ofJson(options.startingPosition());
        });
    }

    @Override
    public Offset deserializeOffset(String json) {
        return KinesisOffset.ofJson(json);
    }

    @Override
    public ReadLimit getDefaultReadLimit() {
        return options.maxRecordsPerBatch() == Long.MAX_VALUE
                ? ReadLimit.allAvailable()
                : ReadLimit.maxRows(options.maxRecordsPerBatch());
    }

    /** The query ends when it has met each shard's newest record once. */
    @Override
    public void prepareForTriggerAvailableNow() {
        availableNow = true;
    }

    @Override
    public Offset latestOffset() {
        throw new UnsupportedOperationException("latestOffset(Offset, ReadLimit) is what Spark calls");
    }

    @Override
    public Offset latestOffset(Offset start, ReadLimit limit) {
        KinesisOffset reached = (KinesisOffset) start;
        boolean someEnded = reached.shards().values().stream().anyMatch(ShardPosition::isEnd);
        ShardLineage lineage = !started || someEnded || availableNow ? calls.lineage() : null;
        if (!started) {
            reached = withoutLoss(reached, lineage);
            started = true;
        }
        if (lineage != null) {
            reached = lineage.withChildren(reached);
        }
        Map<String, ReadAhead.Part> found = readAhead(reached, recordsPerShard(limit, reached), lineage);
        Map<String, ShardPosition> end = new TreeMap<>(reached.shards());
        found.forEach((shard, part) -> end.put(shard, part.to()));
        if (availableNow) {
            // A closed shard has children, which count as part of what was there.
            found.forEach((shard, part) -> {
                if (part.newest() && lineage.isOpen(shard)) {
                    caughtUp.add(shard);
                }
            });
        }
        parts = found;
        return new KinesisOffset(end);
    }

    private KinesisOffset withoutLoss(KinesisOffset reached, ShardLineage lineage) {
        List<String> problems = lineage.problems(reached);
        if (problems.isEmpty()) {
            return reached;
        }
        if (options.failOnDataLoss()) {
            throw DataLoss.exception(options.stream(), problems);
        }
        return lineage.withoutLost(reached);
    }

    private long recordsPerShard(ReadLimit limit, KinesisOffset reached) {
        long perShard = options.maxRecordsPerShardPerBatch();
        return limit instanceof ReadMaxRows rows
                ? Math.max(
                        1,
                        Math.min(
                                perShard,
                                rows.maxRows() / Math.max(1, reached.shards().size())))
                : perShard;
    }

    private Map<String, ReadAhead.Part> readAhead(KinesisOffset reached, long recordsPerShard, ShardLineage lineage) {
        List<String> shards = reached.shards().keySet().stream()
                .filter(shard -> !reached.position(shard).isEnd() && !caughtUp.contains(shard))
                .toList();
        List<Callable<ReadAhead.Part>> tasks = new ArrayList<>();
        shards.forEach(shard -> {
            ShardPosition from = reached.position(shard);
            // Spark ends such a query as soon as a batch is empty, however much there is behind what was looked at.
            tasks.add(
                    availableNow
                            ? () -> readAhead.allAfter(shard, from, recordsPerShard, lineage.isOpen(shard))
                            : () -> readAhead.after(shard, from, recordsPerShard));
        });
        return InParallel.results(threads, shards, tasks);
    }

    @Override
    public InputPartition[] planInputPartitions(Offset start, Offset end) {
        return ShardRange.between((KinesisOffset) start, (KinesisOffset) end, options).stream()
                .map(range -> range.countedBy(parts.get(range.shard())))
                .toArray(InputPartition[]::new);
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        return new ShardRangeReaderFactory();
    }

    @Override
    public void commit(Offset end) {}

    @Override
    public void stop() {
        threads.shutdownNow();
    }
}
