package io.retaillake.executions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code bin/executions} itself, as a person starts it, against a simulator on a real clock. */
class ExecutionsIT {

    private static final int INTERRUPTED = 130;
    private static final int EXECUTION_FAILED = 3;
    private static final int AWS_FAILED = 4;
    private static final int PATIENCE_SECONDS = 300;

    private StepFunctionsSimulator simulator;
    private Process process;

    @BeforeEach
    void startTheSimulator() throws IOException {
        simulator = StepFunctionsSimulator.start(Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        if (process != null) {
            process.destroyForcibly();
        }
        simulator.close();
        assertThat(simulator.problems()).isEmpty();
    }

    @Test
    void endsWithTheExecutionsOutcome() throws Exception {
        simulator
                .machines()
                .script("2015-01", (history, start) -> history.failExecution(start, "NoData", "자료 없음"), Script.green());

        start("start", "--from", "2015-01", "--to", "2015-01", "--follow");

        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(EXECUTION_FAILED);
        assertThat(lines()).contains("error 2015-01 FAILED after 0:00", "  NoData", "    자료 없음");
    }

    @Test
    void leavesTheExecutionRunningOnCtrlC() throws Exception {
        simulator.machines().start("2015-01");
        start("backfill", "--from", "2015-01", "--to", "2015-02");
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        while (line != null && !line.contains("ExtractPurchases: Glue run jr_2")) {
            line = output.readLine();
        }
        assertThat(line).as("a line about a Glue run").isNotNull();

        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(INTERRUPTED);
        assertThat(output.lines())
                .anySatisfy(last -> assertThat(last)
                        .startsWith("2015-01 goes on without this command; later months are not started. To go on:"
                                + " bin/executions backfill --from 2015-01 --to 2015-02"));
        assertThat(simulator.machines().execution("2015-01").status()).isEqualTo("RUNNING");
    }

    @Test
    void printsNoStackTraceWhenAwsRefuses() throws Exception {
        simulator.fail("ListStateMachines", 1, new StepFunctionsSimulator.Fault(400, "ExpiredTokenException", "old"));

        start("list");

        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(AWS_FAILED);
        assertThat(lines())
                .containsExactly(
                        "error AWS does not accept the credentials (ExpiredTokenException: old)",
                        "  Sign in again (aws sso login, or new access keys), or name another --profile.");
    }

    /** Starts the command with a terminal's default reaction to Ctrl-C, whatever this build was started with. */
    private void start(String... words) throws IOException {
        Path project = Path.of(System.getProperty("retail-lake.project")).normalize();
        List<String> command = new ArrayList<>(List.of(
                "env", "--default-signal=INT", project.resolve("bin/executions").toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("RETAIL_LAKEHOUSE_"));
        environment.put("AWS_ACCESS_KEY_ID", "test");
        environment.put("AWS_SECRET_ACCESS_KEY", "test");
        environment.put("AWS_REGION", StepFunctionsSimulator.REGION);
        environment.put("AWS_ENDPOINT_URL_SFN", simulator.endpoint());
        process = builder.start();
    }

    private List<String> lines() {
        return process.inputReader(StandardCharsets.UTF_8).lines().toList();
    }
}
