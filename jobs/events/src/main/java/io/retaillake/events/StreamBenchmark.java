package io.retaillake.events;

import io.retaillake.broker.EmbeddedBroker;
import io.retaillake.common.command.Arguments;
import io.retaillake.common.command.CommandException;
import io.retaillake.events.generator.EventGenerator;
import io.retaillake.events.send.KafkaSender;
import io.retaillake.events.send.MeasuredSending;
import io.retaillake.events.send.Pace;
import io.retaillake.events.send.Sending;
import java.io.IOException;
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
 * {@code bin/benchmark --events}: how many events a second the stream takes, and how long one takes to its row. The broker is on the same
 * machine and takes its share of it.
 */
@Command(name = "benchmark", description = "Measures the stream from Kafka to the lake.")
final class StreamBenchmark {

    private static final String BACKLOG = "backlog";
    private static final String STEADY = "steady";
    private static final int PARTITIONS = 2;
    private static final int EVENTS_AT_ONCE = 10_000;

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

    private StreamBenchmark() {}

    static void run(Path project, String... arguments) throws IOException, InterruptedException {
        StreamBenchmark benchmark = new StreamBenchmark();
        List<String> problems = Arguments.problems(Arguments.commandLine(benchmark), arguments);
        if (!problems.isEmpty()) {
            throw new CommandException(CommandException.BAD_ARGUMENTS, problems);
        }
        Path folder = Files.createTempDirectory(Files.createDirectories(project.resolve(".work")), "events-benchmark");
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"))) {
            benchmark.measureBacklog(project, folder, broker);
            benchmark.measureDelay(project, folder, broker);
        } finally {
            FileUtils.deleteQuietly(folder.toFile());
        }
    }

    private void measureBacklog(Path project, Path folder, EmbeddedBroker broker)
            throws IOException, InterruptedException {
        send(broker, BACKLOG, count);
        Instant begun = Instant.now();
        try (StreamProcess stream = StreamProcess.start(
                project,
                folder.resolve("lake"),
                broker.bootstrapServers(),
                BACKLOG,
                "--available-now",
                "--max-records-per-batch",
                Integer.toString(maxRecordsPerBatch))) {
            stream.await(count);
            double all = seconds(Duration.between(begun, Instant.now()));
            // The first batch makes the tables and has the code compiled.
            double warm = seconds(stream.between(maxRecordsPerBatch, count));
            System.out.printf(
                    Locale.ROOT,
                    "backlog: %,d events in %.1f s with the start, %,.0f events/s after the first batch%n",
                    count,
                    all,
                    (count - maxRecordsPerBatch) / warm);
        }
    }

    private void measureDelay(Path project, Path folder, EmbeddedBroker broker)
            throws IOException, InterruptedException {
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

    private static void send(EmbeddedBroker broker, String topic, int count) {
        broker.createTopic(topic, PARTITIONS);
        try (KafkaSender sender = new KafkaSender(broker.bootstrapServers(), topic)) {
            EventGenerator generator = new EventGenerator(1, 0.001, 0);
            MeasuredSending.send(
                    new Sending(generator, count, EVENTS_AT_ONCE, Pace.UNLIMITED), sender, System.err::println);
        }
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
