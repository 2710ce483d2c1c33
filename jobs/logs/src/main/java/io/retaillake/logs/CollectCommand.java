package io.retaillake.logs;

import io.retaillake.common.command.Arguments;
import io.retaillake.common.command.CommandException;
import io.retaillake.common.command.HttpUrl;
import io.retaillake.common.job.JobException;
import io.retaillake.common.metrics.MetricsFile;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bin/logs collect}: one turn, or one after the other. */
@Command(name = "collect", sortOptions = false, description = "Collects what is new in an encrypted log.")
final class CollectCommand {

    private static final Clock CLOCK = Clock.systemUTC();
    /** More doesn't fit into the memory that bin/logs gives, with what becomes of it. */
    private static final int MAX_MEGABYTES = 32;

    private static final int BYTES_PER_MEGABYTE = 1 << 20;

    @Option(names = "--url", paramLabel = "<url>", description = "What answers with the newest records.")
    private String url;

    @Option(names = "--logs", paramLabel = "<folder|s3://…>", description = "Where the log is kept.")
    private String logs;

    @Option(
            names = "--key-file",
            paramLabel = "<file>",
            description = "A file with the tokens' keys, one a line, the newest first.")
    private Path keyFile;

    @Option(
            names = "--key-secret",
            paramLabel = "<name>",
            description = "Or a secret of AWS Secrets Manager: the same, or {\"key\": …}, {\"keys\": […]}.")
    private String keySecret;

    @Option(
            names = "--every",
            paramLabel = "<time>",
            converter = Durations.class,
            description = "Go on until told to end, with a turn each so often, by the clock: 3m. Default: one turn.")
    private Duration every;

    @Option(
            names = "--offset",
            paramLabel = "<time>",
            converter = Durations.class,
            description = "How long after the full period a turn begins; default 5s.")
    private Duration offset = Duration.ofSeconds(5);

    @Option(
            names = "--wait",
            paramLabel = "<time>",
            converter = Durations.class,
            description = "How long one turn waits for new records, or for a source that fails; default 3m.")
    private Duration wait = Duration.ofMinutes(3);

    @Option(
            names = "--poll",
            paramLabel = "<time>",
            converter = Durations.class,
            description = "Time between two questions whether the records have changed; default 5s.")
    private Duration poll = CollectorSettings.DEFAULT.pollEvery();

    @Option(
            names = "--timeout",
            paramLabel = "<time>",
            converter = Durations.class,
            description = "How long one answer may take; default 20s.")
    private Duration timeout = Duration.ofSeconds(20);

    @Option(
            names = "--max-answer-megabytes",
            paramLabel = "<n>",
            description = "How large one answer may be; default ${DEFAULT-VALUE}.")
    private int maxAnswerMegabytes = MAX_MEGABYTES;

    @Option(
            names = "--metrics",
            paramLabel = "<file>|-",
            description =
                    "Add each turn's numbers to a file, or to standard output, as JSON that CloudWatch makes metrics of.")
    private String metrics;

    private CollectCommand() {}

    /** Collects, and says what. */
    static void run(String... arguments) throws InterruptedException {
        CollectCommand command = new CollectCommand();
        List<String> problems = Arguments.problems(Arguments.commandLine(command), arguments);
        URI source = command.check(problems);
        if (!problems.isEmpty()) {
            throw new CommandException(CommandException.BAD_ARGUMENTS, problems);
        }
        command.collect(source);
    }

    private URI check(List<String> problems) {
        URI source = url == null ? null : HttpUrl.parse(url).orElse(null);
        if (source == null) {
            // What it is instead may have a password.
            problems.add(
                    url == null
                            ? "--url is missing; allowed: http://… and https://…"
                            : "--url is no URL; allowed: http://… and https://… with a host and without a user");
        }
        if (logs == null || logs.isBlank()) {
            problems.add("--logs is missing; allowed: a folder, or s3://bucket/prefix");
        }
        if ((keyFile == null) == (keySecret == null)) {
            problems.add(
                    keyFile == null
                            ? "--key-file is missing, or --key-secret instead"
                            : "--key-file and --key-secret are both given; allowed: one of them");
        }
        requireMore("--every", every, problems);
        requireMore("--wait", wait, problems);
        requireMore("--poll", poll, problems);
        requireMore("--timeout", timeout, problems);
        if (every != null && offset.compareTo(every) >= 0) {
            problems.add("--offset is not less than --every, of which it is a part");
        }
        if (maxAnswerMegabytes < 1 || maxAnswerMegabytes > MAX_MEGABYTES) {
            problems.add("--max-answer-megabytes is " + maxAnswerMegabytes + "; allowed: 1 to " + MAX_MEGABYTES);
        }
        return source;
    }

    private static void requireMore(String option, Duration time, List<String> problems) {
        if (time != null && time.isZero()) {
            problems.add(option + " is 0; allowed: more than that");
        }
    }

    private void collect(URI sourceUrl) throws InterruptedException {
        try (MetricsFile metricsFile = MetricsFile.open(metrics)) {
            KeySource keySource = keyFile == null ? new KeySecret(keySecret) : new KeyFile(keyFile);
            // Wrong keys are told before anything is done.
            keySource.read();
            LogStore store = LogStores.open(logs);
            Termination termination = Termination.watch();
            LogCollector collector = new LogCollector(
                    new CollectorSettings(
                            poll,
                            CollectorSettings.DEFAULT.firstPause(),
                            CollectorSettings.DEFAULT.longestPause(),
                            CollectorSettings.DEFAULT.timePerRecord(),
                            CollectorSettings.DEFAULT.turnsKept()),
                    store,
                    new HttpLogSource(sourceUrl, timeout, maxAnswerMegabytes * BYTES_PER_MEGABYTE, CLOCK),
                    new KeyRing(keySource, CLOCK),
                    CLOCK,
                    termination);
            try {
                if (every == null) {
                    Instant now = CLOCK.instant();
                    show(collector.collect(now, now.plus(wait)), metricsFile, sourceUrl);
                } else {
                    System.out.println("collecting each " + every.toMillis() / 1000.0 + " s into " + logs);
                    new CollectorService(collector, every, offset, CLOCK, termination)
                            .run(result -> show(result, metricsFile, sourceUrl), CollectCommand::show);
                }
            } catch (InterruptedException e) {
                System.out.println("ended as told");
            } finally {
                termination.workHasEnded();
            }
        }
    }

    private void show(TurnResult result, MetricsFile metricsFile, URI source) {
        System.out.println(result.line());
        if (metricsFile.isWanted()) {
            metricsFile.write(result.metrics(source.getHost(), logs, CLOCK.instant()));
        }
    }

    private static void show(JobException failure) {
        System.err.println("error " + failure.getMessage().replace("\n", "\n  "));
    }
}
