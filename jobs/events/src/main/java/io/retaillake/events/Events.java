package io.retaillake.events;

import io.retaillake.common.command.Arguments;
import io.retaillake.common.command.CommandException;
import io.retaillake.events.send.SendCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** {@code bin/events}: sends events, shows a stream at work, and says what arrived. */
public final class Events {

    private static final List<String> COMMANDS = List.of("demo", "send", "check");
    private static final List<String> HELP = List.of("--help", "-h");

    private Events() {}

    /** Exits with 0, 2 for bad arguments, 4 if a system outside failed, or as the job does that it starts. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        // Each command's options are in the one help.
        boolean asksForHelp = Arrays.stream(arguments).anyMatch(HELP::contains);
        if (arguments.length == 0 || asksForHelp) {
            System.out.print(help());
            System.exit(asksForHelp ? 0 : CommandException.BAD_ARGUMENTS);
        }
        Path project = Path.of(System.getProperty("retail-lake.project"));
        String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
        try {
            switch (arguments[0]) {
                case "demo" -> Demo.run(project, rest);
                case "send" -> SendCommand.run(rest);
                case "check" -> ArrivedEvents.show(project, rest);
                default -> throw CommandException.unknownCommand(arguments[0], COMMANDS);
            }
        } catch (CommandException failure) {
            Arguments.report(System.err, failure);
            System.exit(failure.exitCode());
        }
        // Kafka's threads would keep the process for a while.
        System.exit(0);
    }

    private static String help() {
        return """
                Usage: bin/events <command>

                  demo [--lake DIR]    starts a Kafka broker and the job StreamEvents, sends 200 events in batches of 25, shows what arrived
                  send --bootstrap-servers <host:port> --topic <name> | --stream <name> | --delivery-stream <name>
                       [--region R] [--endpoint-url URL] [--count N] [--batch N] [--rate N | --batch-pause SECONDS] [--seed N]
                       [--defect-share X] [--late-share X]
                                       sends generated events to Kafka, Kinesis or Firehose, and says what is to become of them
                  check --lake DIR     shows what arrived in a lake: events by type and status, rejects by reason, hours, late ones

                bin/submit StreamEvents --help lists the options of the job that reads a topic into a lake.
                """;
    }
}
