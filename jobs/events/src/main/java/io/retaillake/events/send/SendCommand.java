package io.retaillake.events.send;

import io.retaillake.common.command.Arguments;
import io.retaillake.common.command.CommandException;
import io.retaillake.events.generator.EventGenerator;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bin/events send}: generated events to a topic or a stream. */
@Command(
        name = "send",
        sortOptions = false,
        description = "Sends generated events to a topic of Kafka, a stream of Kinesis or one of Firehose.")
public final class SendCommand {

    private static final double DEFAULT_RATE = 25;
    private static final double MILLISECONDS = 1000;

    @Mixin
    private TargetOptions targetOptions;

    @Option(names = "--count", paramLabel = "<n>", description = "How many events; default ${DEFAULT-VALUE}.")
    private long count = 200;

    @Option(names = "--batch", paramLabel = "<n>", description = "How many at once; default ${DEFAULT-VALUE}.")
    private int batch = 25;

    @Option(names = "--rate", paramLabel = "<n>", description = "Events a second, at most; default 25.")
    private Double rate;

    @Option(
            names = "--batch-pause",
            paramLabel = "<seconds>",
            description = "In place of a rate: the pause after each batch.")
    private Double batchPause;

    @Option(
            names = "--seed",
            paramLabel = "<n>",
            description = "The same seed gives the same events but for their times; default: another each time.")
    private long seed = new Random().nextLong();

    @Option(
            names = "--defect-share",
            paramLabel = "<0..1>",
            description = "How many payloads are no events; default ${DEFAULT-VALUE}.")
    private double defectShare;

    @Option(
            names = "--late-share",
            paramLabel = "<0..1>",
            description = "How many events happened twenty minutes ago; default ${DEFAULT-VALUE}.")
    private double lateShare;

    private SendCommand() {}

    /**
     * Sends, and says what was sent.
     *
     * @throws CommandException exit code 2 for bad arguments, 4 if some or all events were not taken
     */
    public static void run(String... arguments) {
        SendCommand options = new SendCommand();
        List<String> problems = Arguments.problems(Arguments.commandLine(options), arguments);
        options.addProblems(problems);
        Optional<TargetOptions.Named> target = options.targetOptions.target(problems);
        if (!problems.isEmpty()) {
            throw new CommandException(CommandException.BAD_ARGUMENTS, problems);
        }
        options.send(target.orElseThrow());
    }

    private void send(TargetOptions.Named target) {
        EventGenerator generator = new EventGenerator(seed, defectShare, lateShare);
        Sending sending = new Sending(generator, count, batch, pace());
        try (Termination termination = Termination.watch();
                EventSender sender = target.open().get()) {
            SendTotals totals = sending.run(sender, termination.stop(), System.err::println);
            System.out.println(totals.line(target.name()));
            if (totals.sent() > 0) {
                totals.expectations().forEach(System.out::println);
            }
            Optional<CommandException> failure = totals.failure(target.name());
            if (termination.stop().isRequested()) {
                // The process ends with the signal's exit code, before anyone else could tell.
                failure.ifPresent(what -> Arguments.report(System.err, what));
            } else if (failure.isPresent()) {
                throw failure.get();
            }
        }
    }

    private Pace pace() {
        return batchPause == null
                ? Pace.rate(rate == null ? DEFAULT_RATE : rate)
                : Pace.batchPause(Duration.ofMillis(Math.round(batchPause * MILLISECONDS)));
    }

    private void addProblems(List<String> problems) {
        if (count < 1) {
            problems.add("--count is " + count + "; allowed: 1 and more");
        }
        if (batch < 1) {
            problems.add("--batch is " + batch + "; allowed: 1 and more");
        }
        if (rate != null && !(rate > 0)) {
            problems.add("--rate is " + rate + "; allowed: more than 0");
        }
        if (batchPause != null && !(batchPause >= 0 && batchPause <= 3600)) {
            problems.add("--batch-pause is " + batchPause + "; allowed: 0 to 3600 seconds");
        }
        if (rate != null && batchPause != null) {
            problems.add("--rate and --batch-pause are given; allowed: one of them");
        }
        requireShare("--defect-share", defectShare, problems);
        requireShare("--late-share", lateShare, problems);
    }

    private static void requireShare(String option, double share, List<String> problems) {
        if (!(share >= 0 && share <= 1)) {
            problems.add(option + " is " + share + "; allowed: 0 to 1");
        }
    }
}
