package io.retaillake.executions;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;

/** Runs command lines in this JVM against a simulator of their own; waiting moves its clock on. */
final class CommandLineRunner implements AutoCloseable {

    /** How a command ended, and what it printed. */
    record Ended(int exitCode, List<String> out, List<String> err) {}

    private final ManualClock clock = new ManualClock();
    private final StepFunctionsSimulator simulator;
    private final Map<String, String> environment = new HashMap<>();
    private int columns;

    CommandLineRunner() throws IOException {
        simulator = StepFunctionsSimulator.start(clock);
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
    }

    StepFunctionsSimulator simulator() {
        return simulator;
    }

    SimulatedStateMachines machines() {
        return simulator.machines();
    }

    /** Sets an environment variable. */
    void environment(String name, String value) {
        environment.put(name, value);
    }

    /** Standard error is a terminal. */
    void terminal(int width) {
        columns = width;
    }

    void wait(Duration duration) {
        clock.advance(duration);
    }

    /** Runs {@code words} with the options that lead to the simulator, which {@link #shown} takes out of the output. */
    Ended run(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--region", StepFunctionsSimulator.REGION, "--endpoint", simulator.endpoint()));
        return runExactly(all.toArray(String[]::new));
    }

    /** Runs {@code words} and nothing else. */
    Ended runExactly(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = ExecutionsCommand.run(
                new ExecutionsCommand.Surroundings(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        columns,
                        environment,
                        clock,
                        millis -> clock.advance(Duration.ofMillis(millis)),
                        AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(3)
                                .backoffStrategy(BackoffStrategy.retryImmediately())
                                .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
                                .build()),
                words);
        return new Ended(exitCode, shown(out), shown(err));
    }

    private List<String> shown(ByteArrayOutputStream printed) {
        return printed.toString(StandardCharsets.UTF_8)
                .replace(" --region " + StepFunctionsSimulator.REGION + " --endpoint " + simulator.endpoint(), "")
                .replace(
                        "https://ap-northeast-2.console.aws.amazon.com/states/home?region=ap-northeast-2#/v2/executions/"
                                + "details/arn:aws:states:ap-northeast-2:123456789012:execution:retail-lakehouse-pipeline:",
                        "[console]:")
                .lines()
                .toList();
    }

    @Override
    public void close() {
        simulator.close();
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }
}
