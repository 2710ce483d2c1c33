package io.retaillake.events;

import io.retaillake.common.command.Arguments;
import io.retaillake.common.command.CommandException;
import java.util.List;
import java.util.Random;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bin/events send}: generated events to a topic. */
@Command(name = "send", sortOptions = false, description = "Sends generated events to a topic of Kafka.")
final class SendCommand {

    @Option(names = "--bootstrap-servers", paramLabel = "<host:port,…>", description = "Kafka's brokers.")
    private String bootstrapServers;

    @Option(names = "--topic", paramLabel = "<name>", description = "The topic.")
    private String topic;

    @Option(names = "--count", paramLabel = "<n>", description = "How many events; default ${DEFAULT-VALUE}.")
    private long count = 200;

    @Option(names = "--batch", paramLabel = "<n>", description = "How many at once; default ${DEFAULT-VALUE}.")
    private int batch = 25;

    @Option(names = "--rate", paramLabel = "<n>", description = "Events a second; default ${DEFAULT-VALUE}.")
    private double rate = 25;

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

    /** Sends, and says so. */
    static void run(String... arguments) {
        SendCommand options = new SendCommand();
        List<String> problems = Arguments.problems(Arguments.commandLine(options), arguments);
        options.addProblems(problems);
        if (!problems.isEmpty()) {
            throw new CommandException(CommandException.BAD_ARGUMENTS, problems);
        }
        EventGenerator generator = new EventGenerator(options.seed, options.defectShare, options.lateShare);
        Sending sending = new Sending(generator, options.count, options.batch, options.rate);
        try (KafkaSender sender = new KafkaSender(options.bootstrapServers, options.topic)) {
            sending.run(sender::send, System.err::println);
        }
        System.out.println("sent " + options.count + " events to " + options.topic);
    }

    private void addProblems(List<String> problems) {
        if (bootstrapServers == null) {
            problems.add("--bootstrap-servers is missing; allowed: host:port, several by commas");
        }
        if (topic == null) {
            problems.add("--topic is missing");
        }
        if (count < 1) {
            problems.add("--count is " + count + "; allowed: 1 and more");
        }
        if (batch < 1) {
            problems.add("--batch is " + batch + "; allowed: 1 and more");
        }
        if (!(rate > 0)) {
            problems.add("--rate is " + rate + "; allowed: more than 0");
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
