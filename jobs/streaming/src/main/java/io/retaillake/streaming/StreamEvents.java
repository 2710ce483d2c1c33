package io.retaillake.streaming;

import io.retaillake.common.job.Problems;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.lake.LakeOptions;
import io.retaillake.common.lake.LakeSettings;
import io.retaillake.common.metrics.MetricsFile;
import io.retaillake.common.publish.Batch;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.Job;
import io.retaillake.common.run.JobMain;
import io.retaillake.common.run.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Reads users' events from Kafka or Kinesis into {@code silver.events} and {@code silver.event_rejects}, each record once, and counts them by
 * window. Runs until it is stopped, and goes on where it was when it is started again.
 */
@Command(
        name = "StreamEvents",
        description =
                "Reads events from Kafka or Kinesis into silver.events, within seconds and each once, until it is stopped.")
public final class StreamEvents implements Job {

    /** A century. */
    private static final int MOST_DAYS = 36_500;

    private static final Duration MAINTENANCE_EVERY = Duration.ofMinutes(5);

    @Mixin
    private LakeOptions lakeOptions;

    @Mixin
    private SourceOptions sourceOptions;

    @Option(
            names = "--query",
            paramLabel = "<name>",
            description =
                    "The stream's name in the lake, under which it goes on; default kafka-<topic> or kinesis-<stream>.")
    private String query;

    @Option(
            names = "--trigger-seconds",
            paramLabel = "<n>",
            description = "Time between two batches; 0: without a pause; default ${DEFAULT-VALUE}.")
    private int triggerSeconds = 5;

    @Option(
            names = "--max-records-per-batch",
            paramLabel = "<n>",
            description = "What a batch reads at most; default ${DEFAULT-VALUE}.")
    private long maxRecordsPerBatch = 250_000;

    @Option(
            names = "--available-now",
            arity = "0..1",
            fallbackValue = "true",
            description = "End when all that was there at the start has been read.")
    private boolean availableNow;

    @Option(
            names = "--watermark-minutes",
            paramLabel = "<n>",
            description =
                    "A window is closed when an event this much newer than its end has come; default ${DEFAULT-VALUE}.")
    private int watermarkMinutes = 10;

    @Option(
            names = "--idle-timeout-seconds",
            paramLabel = "<n>",
            description = "After this time without records the clock closes windows; default ${DEFAULT-VALUE}.")
    private int idleTimeoutSeconds = 60;

    @Option(
            names = "--keep-snapshots-minutes",
            paramLabel = "<n>",
            description = "How long the tables' old versions can be read; default ${DEFAULT-VALUE}.")
    private int keepSnapshotsMinutes = 60;

    @Option(
            names = "--keep-rejects-days",
            paramLabel = "<n>",
            description = "How long rejected payloads are kept, which hold personal data; default ${DEFAULT-VALUE}.")
    private int keepRejectsDays = 14;

    @Option(
            names = "--metrics",
            paramLabel = "<file>|-",
            description =
                    "Add each batch's numbers to a file, or to standard output, as JSON that CloudWatch makes metrics of.")
    private String metrics;

    public static void main(String[] args) throws FailedJobException {
        JobMain.run(new StreamEvents(), args);
    }

    @Override
    public Work prepare(Problems problems) {
        LakeSettings lake = lakeOptions.settings(problems);
        SourceOptions.Named source = sourceOptions.source(problems);
        requireAtLeast("--trigger-seconds", triggerSeconds, 0, problems);
        requireAtLeast("--max-records-per-batch", maxRecordsPerBatch, 1, problems);
        requireAtLeast("--watermark-minutes", watermarkMinutes, 0, problems);
        requireAtLeast("--idle-timeout-seconds", idleTimeoutSeconds, 1, problems);
        requireAtLeast("--keep-snapshots-minutes", keepSnapshotsMinutes, 10, problems);
        if (keepRejectsDays < 1 || keepRejectsDays > MOST_DAYS) {
            problems.add("--keep-rejects-days is " + keepRejectsDays + "; allowed: 1 to " + MOST_DAYS);
        }
        MetricsFile.check(metrics, problems);
        String name = query != null ? query : source == null ? null : source.queryName();
        if (name != null && !name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            problems.add("--query is '" + name
                    + "'; allowed: up to 64 letters, digits, '.', '_' and '-', the first a letter or digit");
        }
        EventStreamSettings settings = new EventStreamSettings(
                name,
                Duration.ofSeconds(triggerSeconds),
                maxRecordsPerBatch,
                availableNow,
                Duration.ofMinutes(watermarkMinutes),
                Duration.ofSeconds(idleTimeoutSeconds));
        return progress -> run(lake, source, settings, progress);
    }

    private static void requireAtLeast(String option, long value, long least, Problems problems) {
        if (value < least) {
            problems.add(option + " is " + value + "; allowed: " + least + " and more");
        }
    }

    private void run(LakeSettings settings, SourceOptions.Named named, EventStreamSettings stream, Progress progress) {
        Lake lake = Lake.open(settings, name());
        AtomicLong received = new AtomicLong();
        String step = "read events as " + stream.query();
        progress.step(step, 0, received::get);
        EventMaintenance maintenance = new EventMaintenance(
                lake, Clock.systemUTC(), Duration.ofMinutes(keepSnapshotsMinutes), Duration.ofDays(keepRejectsDays));
        try (MetricsFile metricsFile = MetricsFile.open(metrics);
                EventSource source = named.open().get();
                ScheduledMaintenance scheduled = ScheduledMaintenance.start(maintenance, MAINTENANCE_EVERY)) {
            EventStream events = new EventStream(lake, source, stream, new StreamListener() {
                @Override
                public void written(Batch batch, BatchCounts counts, Duration duration) {
                    received.addAndGet(counts.received());
                    System.out.println(BatchLine.of(batch, counts, duration));
                    if (metricsFile.isWanted()) {
                        metricsFile.write(BatchMetrics.of(
                                batch,
                                counts,
                                duration,
                                source.recordsBehind(batch.range().to()),
                                Instant.now()));
                    }
                }

                @Override
                public void waiting(Instant since) {
                    progress.step(
                            step + ": no answer of " + source.description() + " since " + since
                                    + "; it is asked again, and the job ends if it stays away",
                            0,
                            received::get);
                }

                @Override
                public void answered() {
                    progress.step(step, 0, received::get);
                }
            });
            TerminationSignals.callInstead(events::stop);
            events.run();
            if (availableNow) {
                scheduled.runOnce();
            }
        }
        progress.processed(received.get());
    }
}
