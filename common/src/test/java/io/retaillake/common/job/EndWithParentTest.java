package io.retaillake.common.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class EndWithParentTest {

    /** Waits for ever, unless its parent's end ends it. */
    static final class Child {
        public static void main(String[] arguments) throws InterruptedException {
            EndWithParent.watch();
            System.out.println("ready");
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    @Test
    @Timeout(60)
    void endsAJobWhoseRunnerWasKilled() throws Exception {
        Process runner = start();
        Process job = start("-Dretail-lake.parent-process=" + runner.pid());
        assertThat(job.inputReader().readLine()).isEqualTo("ready");

        runner.destroyForcibly();

        assertThat(job.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(job.exitValue()).isEqualTo(137);
    }

    private static Process start(String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Child.class.getName()));
        return new ProcessBuilder(command).start();
    }
}
