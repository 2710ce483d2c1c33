package io.retaillake.executions;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A state machine's address.
 *
 * @param arn without version or alias
 * @param partition {@code aws}, {@code aws-cn}, …
 */
record StateMachine(String arn, String partition, String region, String account, String name) {

    private static final Pattern ARN = Pattern.compile("arn:([^:]+):states:([^:]+):([^:]+):stateMachine:([^:]+)");

    private static final Pattern EXECUTION_ARN =
            Pattern.compile("(?<home>arn:[^:]+:states:[^:]+:[^:]+):execution:(?<machine>[^:]+):(?<name>[^:]+)");
    private static final String OPTION = "--state-machine";

    /** The machine that {@code arn} names; nothing if it is no state machine's ARN. */
    static Optional<StateMachine> parse(String arn) {
        Matcher matcher = ARN.matcher(arn);
        return matcher.matches()
                ? Optional.of(
                        new StateMachine(arn, matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4)))
                : Optional.empty();
    }

    /**
     * A command line in which an execution's ARN, as AWS shows it, stands for its name and its machine: with {@code
     * --state-machine}, whose ARN also says the region. One that names a machine itself stays as it is.
     */
    static String[] expanded(String[] arguments) {
        List<String> words = new ArrayList<>(List.of(arguments));
        if (words.stream().anyMatch(word -> word.startsWith(OPTION))) {
            return arguments;
        }
        for (int i = 0; i < arguments.length; i++) {
            Matcher execution = EXECUTION_ARN.matcher(arguments[i]);
            if (execution.matches()) {
                words.set(i, execution.group("name"));
                words.addAll(List.of(OPTION, execution.group("home") + ":stateMachine:" + execution.group("machine")));
                break;
            }
        }
        return words.toArray(String[]::new);
    }

    /** The ARN of this machine's execution {@code name}. */
    String executionArn(String name) {
        return String.join(":", "arn", partition, "states", region, account, "execution", this.name, name);
    }

    /** Where the console shows the execution {@code name}. */
    String executionLink(String name) {
        return console() + "states/home?region=" + region + "#/v2/executions/details/" + executionArn(name);
    }

    /** Where the console shows the Glue run. */
    String glueRunLink(GlueRun run) {
        return console() + "gluestudio/home?region=" + region + "#/job/" + run.jobName() + "/run/" + run.id();
    }

    private String console() {
        return switch (partition) {
            case "aws-cn" -> "https://" + region + ".console.amazonaws.cn/";
            case "aws-us-gov" -> "https://" + region + ".console.amazonaws-us-gov.com/";
            default -> "https://" + region + ".console.aws.amazon.com/";
        };
    }
}
