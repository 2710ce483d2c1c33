package io.retaillake.logs.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process of {@code bin/logs}. */
final class LogsProcess implements AutoCloseable {

    private static final Path TARGET = Path.of(System.getProperty("logs.target"));
    private static final int PATIENCE_SECONDS = 60;

    private final Process process;
    private final BufferedReader output;

    private LogsProcess(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    static LogsProcess start(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                TARGET + "/*:" + TARGET + "/lib/*",
                "io.retaillake.logs.Logs"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new LogsProcess(builder.start());
    }

    /** The URL that a server says it serves on. */
    String url() throws IOException {
        String line = output.readLine();
        assertThat(line).as("what the server says first").contains(" on http://");
        return line.replaceFirst(".* on (http\\S+),.*", "$1");
    }

    /** What a command that ends has said; its exit code is 0. */
    String output() throws IOException, InterruptedException {
        String text = String.join("\n", output.lines().toList());
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
