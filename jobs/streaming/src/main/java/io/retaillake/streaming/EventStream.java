package io.retaillake.streaming;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.JobException;
import io.retaillake.common.job.PositionRange;
import io.retaillake.common.job.SourcePositions;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Batch;
import io.retaillake.common.publish.QueryProgress;
import io.retaillake.common.spark.SparkInternals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.hadoop.fs.FileUtil;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a source without end, in batches, and goes on after any stop where the lake is. The lake alone says how far that is: Spark's
 * checkpoint is a folder of this process, made anew at each start and never read again, so it can't be lost, moved or outdated.
 */
final class EventStream {

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final Duration POLL = Duration.ofMillis(500);

    private final Lake lake;
    private final EventSource source;
    private final EventStreamSettings settings;
    private final EventBatch batches;
    private final EventWindows windows;
    private final StreamListener listener;

    /** Held while a batch or windows are written, so that a stop waits for the end of it. */
    private final ReentrantLock writing = new ReentrantLock(true);

    private volatile boolean stopping;
    private volatile Instant newestEvent = Instant.MIN;
    private volatile Instant lastRecords = Instant.now();
    private SourcePositions reached = SourcePositions.NONE;

    /** Up to where the lake holds the source, as far as this process knows; {@link #reached} has partitions of which nothing was read, too. */
    private SourcePositions inLake = SourcePositions.NONE;

    EventStream(Lake lake, EventSource source, EventStreamSettings settings, StreamListener listener) {
        this.lake = lake;
        this.source = source;
        this.settings = settings;
        this.windows = new EventWindows(lake, settings.query());
        this.batches = new EventBatch(lake, settings.query(), windows);
        this.listener = listener;
    }

    /**
     * Finishes the batch that an earlier process did not, and reads on until it is stopped, or, if only what is available is wanted, has
     * been read.
     *
     * @throws JobException exit code 3 where the source does not have what follows on, 4 where it can't be reached
     */
    void run() {
        // Whoever queries the tables before their first rows come finds them empty.
        EventTables.ALL.forEach(lake::findOrCreate);
        windows.finishInterrupted();
        finishInterruptedBatch();
        SourcePositions begin = source.begin(reached);
        reached = begin;
        Path checkpoint = temporaryFolder();
        try {
            StreamingQuery query = start(begin, checkpoint);
            awaitEnd(query);
        } finally {
            delete(checkpoint);
        }
    }

    /** Ends {@link #run} after the batch that is being written. */
    void stop() {
        writing.lock();
        try {
            stopping = true;
        } finally {
            writing.unlock();
        }
    }

    private void finishInterruptedBatch() {
        Map<TableContract, QueryProgress> progress = new TreeMap<>(Comparator.comparing(TableContract::name));
        for (TableContract contract : EventBatch.TABLES) {
            QueryProgress.of(lake.findOrCreate(contract), settings.query()).ifPresent(of -> progress.put(contract, of));
        }
        QueryProgress first = progress.get(EventBatch.TABLES.get(0));
        if (first == null) {
            return;
        }
        reached = first.reached();
        inLake = reached;
        boolean isInAll = EventBatch.TABLES.stream()
                .allMatch(contract -> progress.containsKey(contract)
                        && progress.get(contract).newest().equals(first.newest()));
        if (!isInAll) {
            LOG.info("{} is not in all tables; it is read again", first.newest());
            Batch batch = first.newest();
            // Refuses positions that are not this source's.
            var unused = source.begin(batch.range().from());
            write(batch, source.range(lake.spark(), batch.range()));
        }
    }

    private StreamingQuery start(SourcePositions begin, Path checkpoint) {
        String folder = checkpoint.toUri().toString();
        try {
            return source.stream(lake.spark(), begin, settings.maxRecordsPerBatch())
                    .writeStream()
                    .queryName(settings.query())
                    .option("checkpointLocation", folder)
                    .trigger(
                            settings.availableNow()
                                    ? Trigger.AvailableNow()
                                    : Trigger.ProcessingTime(settings.trigger().toMillis()))
                    .foreachBatch((Dataset<Row> records, Long id) -> readOn(folder, records, id))
                    .start();
        } catch (TimeoutException e) {
            throw JobException.outsideSystem("The query did not start in time: " + e.getMessage(), e);
        }
    }

    private void readOn(String checkpoint, Dataset<Row> records, long id) {
        SourcePositions to = source.positions(SparkInternals.endOffset(lake.spark(), checkpoint, id));
        writing.lock();
        try {
            if (stopping) {
                // Spark would go on to the next batch before it ends; this one is read again by the next process.
                return;
            }
            PositionRange range = range(to);
            // What is available now may be nothing.
            if (!range.from().equals(range.to())) {
                write(batches.begin(range), records);
                reached = reached.advancedTo(to);
            }
        } finally {
            writing.unlock();
        }
    }

    /** A partition that came to the source meanwhile is read from its first record. */
    private PositionRange range(SourcePositions to) {
        SourcePositions from = SourcePositions.NONE;
        for (String partition : to.offsets().keySet()) {
            from = from.advancedTo(new SourcePositions(
                    new TreeMap<>(Map.of(partition, reached.offsets().getOrDefault(partition, BigInteger.ZERO)))));
        }
        return new PositionRange(from, to);
    }

    private void write(Batch batch, Dataset<Row> records) {
        Instant begun = Instant.now();
        Optional<BatchCounts> written = batches.write(batch, records, source::requireUnchanged);
        inLake = inLake.advancedTo(batch.range().to());
        written.ifPresent(counts -> {
            lastRecords = Instant.now();
            if (counts.newestEvent() != null && counts.newestEvent().isAfter(newestEvent)) {
                newestEvent = counts.newestEvent();
            }
            listener.written(batch, counts, Duration.between(begun, Instant.now()));
        });
        if (!newestEvent.equals(Instant.MIN)) {
            closeWindows(newestEvent);
        }
    }

    private void closeWindows(Instant newest) {
        Optional<Long> events = windows.closeThrough(newest.minus(settings.watermark()), inLake);
        events.ifPresent(count -> LOG.info("windows closed with {} events", count));
    }

    private void awaitEnd(StreamingQuery query) {
        try {
            SourceWait wait = new SourceWait(listener);
            while (!query.awaitTermination(POLL.toMillis())) {
                wait.look(query.status(), Instant.now());
                if (stopping) {
                    query.stop();
                } else if (isIdle()) {
                    closeIdleWindows();
                }
            }
        } catch (StreamingQueryException e) {
            throw failure(e);
        } catch (TimeoutException e) {
            throw JobException.outsideSystem("The query did not stop in time: " + e.getMessage(), e);
        }
    }

    private boolean isIdle() {
        return Duration.between(lastRecords, Instant.now()).compareTo(settings.idleTimeout()) >= 0;
    }

    private void closeIdleWindows() {
        writing.lock();
        try {
            // Records may have come with a batch that was being written until now.
            if (!stopping && isIdle()) {
                closeWindows(Instant.now());
                lastRecords = Instant.now();
            }
        } finally {
            writing.unlock();
        }
    }

    /** What a batch failed with, without what Spark wraps around it. */
    private RuntimeException failure(StreamingQueryException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof JobException known) {
                return known;
            }
            if (cause instanceof UnknownTopicOrPartitionException) {
                // Spark has asked before a batch could.
                source.requireUnchanged();
            }
        }
        if (String.valueOf(e.getMessage()).contains("failOnDataLoss")) {
            return JobException.badData(source.description()
                    + " has deleted records that were not read yet. What was read before is in the lake.\nStart again:"
                    + " it says which records, and what to do.");
        }
        Throwable reason = e.getCause() == null ? e : e.getCause();
        return JobException.outsideSystem(
                "The stream from " + source.description() + " ended: " + reason.getMessage()
                        + "\nWhat was written stays. Start it again: it goes on where the lake is.",
                reason);
    }

    private static void delete(Path folder) {
        if (!FileUtil.fullyDelete(folder.toFile())) {
            LOG.warn("{} could not be deleted", folder);
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("retail-lake-events");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
