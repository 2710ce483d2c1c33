package io.retaillake.common.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ParentProcessWatchTest {

    /** Waits for ever, unless its parent's end ends it. */
    static final class Child {
        public static void main(String[] arguments) throws InterruptedException {
            ParentProcessWatch.watch();
            System.out.println("ready");
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    @Test
    @Timeout(300)
    void endsAJobWhoseRunnerWasKilled() throws Exception {
        Process runner = start();
        Process job = start("-Dretail-lake.parent-process=" + runner.pid());
        assertThat(job.inputReader().readLine()).isEqualTo("ready");

        runner.destroyForcibly();

        assertThat(job.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(job.exitValue()).isEqualTo(137);
    }

    /** Starts a job, says its process id, and waits for ever. */
    static final class Runner {
        public static void main(String[] arguments) throws Exception {
            Process job = ParentProcessWatchTest.start(
                    "-Dretail-lake.parent-process=" + ProcessHandle.current().pid());
            job.inputReader().readLine();
            System.out.println(job.pid());
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    /** The shell starts a runner, and becomes a program that does not ask how its children ended. */
    @Test
    @Timeout(300)
    void endsAJobWhoseKilledRunnerIsKeptAsAZombie() throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "\"$@\" & echo $!; exec sleep 50", "sh"));
        command.addAll(java(Runner.class));
        Process neglectful = new ProcessBuilder(command).start();
        try (BufferedReader out = neglectful.inputReader()) {
            ProcessHandle runner = process(out.readLine());
            ProcessHandle job = process(out.readLine());

            runner.destroyForcibly();

            while (job.isAlive()) {
                Thread.onSpinWait();
            }
            assertThat(runner.isAlive()).as("as a zombie").isTrue();
        } finally {
            neglectful.destroyForcibly();
        }
    }

    private static ProcessHandle process(String id) {
        return ProcessHandle.of(Long.parseLong(id)).orElseThrow();
    }

    private static Process start(String... options) throws IOException {
        return new ProcessBuilder(java(Child.class, options)).start();
    }

    private static List<String> java(Class<?> main, String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return command;
    }
}
