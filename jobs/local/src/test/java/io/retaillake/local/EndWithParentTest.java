package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class EndWithParentTest {

    /** Waits for ever, unless its parent's end ends it. */
    static final class Child {
        public static void main(String[] arguments) throws InterruptedException {
            if (arguments.length > 0) {
                EndWithParent.premain(arguments[0]);
            }
            System.out.println("ready");
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    @Test
    @Timeout(60)
    void endsAJobWhoseRunnerWasKilled() throws Exception {
        Process runner = start();
        Process job = start(Long.toString(runner.pid()));
        assertThat(job.inputReader().readLine()).isEqualTo("ready");

        runner.destroyForcibly();

        assertThat(job.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(job.exitValue()).isEqualTo(143);
    }

    private static Process start(String... arguments) throws IOException {
        ProcessBuilder process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName());
        process.command().addAll(List.of(arguments));
        return process.start();
    }
}
