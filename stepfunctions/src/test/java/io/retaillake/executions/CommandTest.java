package io.retaillake.executions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Commands against a simulator; whatever they do, their requests must be such as Step Functions takes. */
abstract class CommandTest {

    static final int BAD_ARGUMENTS = 2;
    static final int EXECUTION_FAILED = 3;
    static final int AWS_FAILED = 4;

    private CommandLineRunner runner;

    @BeforeEach
    void startTheSimulator() throws IOException {
        runner = new CommandLineRunner();
    }

    @AfterEach
    void everyRequestHadTheRightShape() {
        runner.close();
        assertThat(runner.simulator().problems()).isEmpty();
    }

    CommandLineRunner runner() {
        return runner;
    }

    SimulatedStateMachines machines() {
        return runner.machines();
    }

    CommandLineRunner.Ended run(String... words) {
        return runner.run(words);
    }

    /** Runs a command that must succeed; returns what it printed as its result. */
    List<String> succeed(String... words) {
        CommandLineRunner.Ended ended = run(words);
        assertThat(ended.exitCode()).as(() -> String.join("\n", ended.err())).isZero();
        return ended.out();
    }

    /** Runs a command that must end with {@code exitCode}; returns its message. */
    List<String> fail(int exitCode, String... words) {
        CommandLineRunner.Ended ended = run(words);
        assertThat(ended.exitCode()).as(() -> String.join("\n", ended.err())).isEqualTo(exitCode);
        return ended.err();
    }
}
