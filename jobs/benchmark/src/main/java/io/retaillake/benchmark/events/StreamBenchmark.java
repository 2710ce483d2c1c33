package io.retaillake.benchmark.events;

import io.retaillake.broker.EmbeddedBroker;
import io.retaillake.common.command.Arguments;
import io.retaillake.common.command.CommandException;
import io.retaillake.events.StreamProcess;
import io.retaillake.events.generator.EventGenerator;
import io.retaillake.events.send.KafkaSender;
import io.retaillake.events.send.MeasuredSending;
import io.retaillake.events.send.Pace;
import io.retaillake.events.send.Sending;
import io.retaillake.local.PipelineRuns;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code bin/benchmark --events}: how many events a second the stream takes, beside plain Spark in turns, and how long one takes to its row. The
 * broker is on the same machine and takes its share of it.
 */
@Command(name = "benchmark", description = "Measures the stream from Kafka to the lake.")
public final class StreamBenchmark {

    private static final String BACKLOG = "backlog";
    private static final String STEADY = "steady";
    private static final int PARTITIONS = 2;
    private static final int EVENTS_AT_ONCE = 10_000;

    /** As {@code bin/submit} gives a job. */
    private static final String MEMORY = "4g";

    @Option(names = "--count", paramLabel = "<n>", description = "Events of the backlog; default ${DEFAULT-VALUE}.")
    private int count = 2_000_000;

    @Option(
            names = "--max-records-per-batch",
            paramLabel = "<n>",
            description = "Of the backlog; default ${DEFAULT-VALUE}.")
    private int maxRecordsPerBatch = 250_000;

    @Option(names = "--rate", paramLabel = "<n>", description = "Events a second, steadily; default ${DEFAULT-VALUE}.")
    private int rate = 1000;

    @Option(names = "--seconds", paramLabel = "<n>", description = "For so long; default ${DEFAULT-VALUE}.")
    private int seconds = 60;

    @Option(
            names = "--rounds",
            paramLabel = "<n>",
            description =
                    "How often the backlog is read, by ours and by plain Spark in turns; default ${DEFAULT-VALUE}.")
    private int rounds = 2;

    private Path project;
    private Path folder;
    private EmbeddedBroker broker;

    private StreamBenchmark() {}

    /** Exits with 0, 2 for bad arguments, 4 if a process failed. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        StreamBenchmark benchmark = new StreamBenchmark();
        try {
            List<String> problems = Arguments.problems(Arguments.commandLine(benchmark), arguments);
            if (!problems.isEmpty()) {
                throw new CommandException(CommandException.BAD_ARGUMENTS, problems);
            }
            benchmark.run();
        } catch (CommandException failure) {
            Arguments.report(System.err, failure);
            System.exit(failure.exitCode());
        }
        // Kafka's threads would keep the process for a while.
        System.exit(0);
    }

    private void run() throws IOException, InterruptedException {
        Path work = Files.createDirectories(PipelineRuns.projectWorkFolder());
        project = work.getParent();
        folder = Files.createTempDirectory(work, "events-benchmark");
        try (EmbeddedBroker started = EmbeddedBroker.start(folder.resolve("broker"));
                PipelineRuns runs = PipelineRuns.begin(
                        Runtime.getRuntime().availableProcessors(), MEMORY, folder.resolve("logs"), new Quiet())) {
            broker = started;
            send(BACKLOG, count);
            for (int round = 1; round <= rounds; round++) {
                Backlog ours = measureBacklog("ours", ours(round));
                Backlog plain = measureBacklog("plain Spark", plain(runs, round));
                System.out.printf(
                        Locale.ROOT,
                        "ours / plain Spark: %.2f of the events/s, %.2f of the CPU time%n",
                        ours.eventsPerSecond() / plain.eventsPerSecond(),
                        ours.cpuMicrosOfEvent() / plain.cpuMicrosOfEvent());
            }
            measureDelay();
        } finally {
            FileUtils.deleteQuietly(folder.toFile());
        }
    }

    private StreamProcess ours(int round) throws IOException {
        return StreamProcess.start(
                project,
                folder.resolve("lake-" + round),
                broker.bootstrapServers(),
                BACKLOG,
                "--available-now",
                "--max-records-per-batch",
                Integer.toString(maxRecordsPerBatch));
    }

    private StreamProcess plain(PipelineRuns runs, int round) throws IOException {
        Path jar = Path.of(URI.create(StreamBenchmark.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
        return StreamProcess.start(runs.likeAJob(
                PlainStream.class.getName(),
                jar,
                List.of(runs.jobJar()),
                List.of(
                        broker.bootstrapServers(),
                        BACKLOG,
                        folder.resolve("plain-" + round).toString(),
                        Integer.toString(maxRecordsPerBatch))));
    }

    /** What the backlog took after the first batch, which makes the tables and has the code compiled. */
    private record Backlog(double eventsPerSecond, double cpuMicrosOfEvent) {}

    private Backlog measureBacklog(String who, StreamProcess started) throws InterruptedException {
        Instant begun = Instant.now();
        try (StreamProcess stream = started) {
            stream.await(count);
            double all = seconds(Duration.between(begun, Instant.now()));
            int measured = count - maxRecordsPerBatch;
            Backlog backlog = new Backlog(
                    measured / seconds(stream.between(maxRecordsPerBatch, count)),
                    seconds(stream.processorTimeBetween(maxRecordsPerBatch, count)) * 1e6 / measured);
            System.out.printf(
                    Locale.ROOT,
                    "backlog, %s: %,d events in %.1f s with the start, %,.0f events/s and %.1f µs of CPU an event after the first"
                            + " batch%n",
                    who,
                    count,
                    all,
                    backlog.eventsPerSecond(),
                    backlog.cpuMicrosOfEvent());
            return backlog;
        }
    }

    private void measureDelay() throws IOException, InterruptedException {
        broker.createTopic(STEADY, PARTITIONS);
        int first = rate;
        try (StreamProcess stream = StreamProcess.start(
                        project, folder.resolve("lake"), broker.bootstrapServers(), STEADY, "--trigger-seconds", "1");
                KafkaSender sender = new KafkaSender(broker.bootstrapServers(), STEADY)) {
            EventGenerator generator = new EventGenerator(1, 0, 0);
            MeasuredSending.send(new Sending(generator, first, first, Pace.UNLIMITED), sender, line -> {});
            stream.await(first);
            int atOnce = Math.max(1, rate / 50);
            List<Instant> made = MeasuredSending.send(
                    new Sending(generator, (long) rate * seconds, atOnce, Pace.rate(rate)),
                    sender,
                    System.err::println);
            List<Duration> delays = stream.delays(first, made);
            System.out.printf(
                    Locale.ROOT,
                    "%,d events/s for %d s, from an event to its row: p50 %.1f s, p99 %.1f s, most %.1f s%n",
                    rate,
                    seconds,
                    seconds(delays.get(delays.size() / 2)),
                    seconds(delays.get((int) (delays.size() * 0.99))),
                    seconds(delays.get(delays.size() - 1)));
        }
    }

    private void send(String topic, int events) {
        broker.createTopic(topic, PARTITIONS);
        try (KafkaSender sender = new KafkaSender(broker.bootstrapServers(), topic)) {
            EventGenerator generator = new EventGenerator(1, 0.001, 0);
            MeasuredSending.send(
                    new Sending(generator, events, EVENTS_AT_ONCE, Pace.UNLIMITED), sender, System.err::println);
        }
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    /** No job is run whose progress would be told. */
    private static final class Quiet implements PipelineRuns.Listener {

        @Override
        public void started(String job) {
            // Nothing to tell.
        }

        @Override
        public void progress(String job, String line) {
            // Nothing to tell.
        }

        @Override
        public void ended(PipelineRuns.Ended job) {
            // Nothing to tell.
        }
    }
}
