package io.retaillake.events;

import io.retaillake.broker.EmbeddedBroker;
import io.retaillake.common.command.Arguments;
import io.retaillake.common.command.CommandException;
import io.retaillake.common.command.ShellWords;
import io.retaillake.common.command.TemporaryFolder;
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

/** {@code bin/events demo}: a broker, the stream, and 200 events on their way into a lake. */
@Command(name = "demo", description = "Shows events on their way into a lake.")
final class Demo {

    private static final String TOPIC = "events";
    private static final int EVENTS = 200;
    private static final int BATCH = 25;
    private static final double DEFECT_SHARE = 0.06;

    @Option(names = "--lake", paramLabel = "<folder>", description = "Where the lake is; default: a new one.")
    private Path lake;

    @Option(names = "--seed", paramLabel = "<n>", description = "Of the events; default ${DEFAULT-VALUE}.")
    private long seed = 1;

    private Demo() {}

    static void run(Path project, String... arguments) throws IOException, InterruptedException {
        Demo demo = new Demo();
        List<String> problems = Arguments.problems(Arguments.commandLine(demo), arguments);
        if (!problems.isEmpty()) {
            throw new CommandException(CommandException.BAD_ARGUMENTS, problems);
        }
        Path work = Files.createDirectories(project.resolve(".work"));
        if (demo.lake == null) {
            demo.lake = work.resolve("events-lake");
            FileUtils.deleteDirectory(demo.lake.toFile());
        }
        try (TemporaryFolder temporary = TemporaryFolder.in(work)) {
            Path brokerFolder = temporary.path().resolve("broker");
            say("starting a Kafka broker in " + brokerFolder);
            try (EmbeddedBroker broker = EmbeddedBroker.start(brokerFolder)) {
                broker.createTopic(TOPIC, 2);
                demo.stream(project, broker);
            }
        }
        say("what arrived (bin/events check --lake " + ShellWords.quoted(demo.lake.toString()) + "):");
        ArrivedEvents.show(project, "--lake", demo.lake.toString());
    }

    private void stream(Path project, EmbeddedBroker broker) throws IOException, InterruptedException {
        say("starting bin/submit StreamEvents --lake " + ShellWords.quoted(lake.toString()) + " --bootstrap-servers "
                + broker.bootstrapServers() + " --topic " + TOPIC + " --trigger-seconds 1");
        try (StreamProcess stream =
                        StreamProcess.start(project, lake, broker.bootstrapServers(), TOPIC, "--trigger-seconds", "1");
                KafkaSender sender = new KafkaSender(broker.bootstrapServers(), TOPIC)) {
            EventGenerator generator = new EventGenerator(seed, DEFECT_SHARE, 0);
            // The first batch makes the tables and compiles the code; it is not what a stream is like.
            MeasuredSending.send(new Sending(generator, BATCH, BATCH, Pace.UNLIMITED), sender, line -> {});
            stream.await(BATCH);
            say("sending " + (EVENTS - BATCH) + " more events in batches of " + BATCH + ", one a second");
            List<Instant> made = MeasuredSending.send(
                    new Sending(generator, EVENTS - BATCH, BATCH, Pace.rate(BATCH)), sender, line -> {});
            List<Duration> delays = stream.delays(BATCH, made);
            say(String.format(
                    Locale.ROOT,
                    "from an event to its row, of those: half within %.1f s, the slowest %.1f s",
                    seconds(delays.get(delays.size() / 2)),
                    seconds(delays.get(delays.size() - 1))));
        }
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static void say(String line) {
        System.out.println("== " + line);
    }
}
