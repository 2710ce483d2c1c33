package io.retaillake.queries;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The real jobs out of the job jar, run on the assembled Spark in a process of their own. */
final class Jobs implements AutoCloseable {

    private static final Path PROJECT =
            Path.of(System.getProperty("retail-lake.project")).normalize();
    private static final String PACKAGE = "io.retaillake.jobs.";

    /** Compiling less is what makes short jobs short. */
    private static final List<String> JVM_OPTIONS = List.of(
            "-Xmx1g",
            "-XX:+UseParallelGC",
            "-XX:TieredStopAtLevel=1",
            // With one compiler, Java keeps less room for what is compiled than eleven jobs and their queries need.
            "-XX:ReservedCodeCacheSize=192m",
            "-Dfile.encoding=UTF-8",
            "-Dspark.master=local[2,4]",
            "-Dspark.ui.enabled=false",
            "-Dspark.sql.shuffle.partitions=4");

    private final Path errors;
    private final Process process;
    private final BufferedWriter requests;
    private final BufferedReader answers;

    private Jobs(Path folder) throws IOException {
        errors = folder.resolve("jobs.log");
        ProcessBuilder builder = new ProcessBuilder(command(folder));
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().put("SPARK_LOCAL_DIRS", folder.toString());
        process = builder.redirectError(errors.toFile()).start();
        requests = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts the process, which keeps its files in {@code folder}. */
    static Jobs start(Path folder) throws IOException {
        return new Jobs(folder);
    }

    private static List<String> command(Path folder) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_OPTIONS);
        command.addAll(
                Arrays.asList(System.getProperty("retail-lake.spark-jvm-opens").split(" ")));
        command.add("-Dlog4j2.configurationFile="
                + PROJECT.resolve("jobs/local/src/main/spark/log4j2.properties").toUri());
        command.add("-Djava.io.tmpdir=" + folder);
        command.add("-cp");
        command.add(String.join(
                ":",
                PROJECT.resolve("jobs/spark-home/target/spark/jars") + "/*",
                jobJar().toString(),
                Path.of("target", "test-classes").toAbsolutePath().toString()));
        command.add(JobRunner.class.getName());
        return command;
    }

    private static Path jobJar() throws IOException {
        try (Stream<Path> files = Files.list(PROJECT.resolve("jobs/jar/target"))) {
            return files.filter(file -> file.getFileName().toString().matches("retail-lakehouse-[0-9].*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("there is no job jar in " + PROJECT.resolve("jobs/jar/target")
                            + "; build it with mvn -pl jobs/jar -am package"));
        }
    }

    /** Runs a job, e.g. {@code gold.SalesByProduct}, which must succeed. */
    void run(String job, List<String> arguments) throws IOException {
        String answer = attempt(job, arguments);
        if (!answer.equals(JobRunner.SUCCEEDED)) {
            throw new IOException(job + " " + answer + "\n" + Files.readString(errors));
        }
    }

    /** Runs a job that may fail, and tells how it ended. */
    String attempt(String job, List<String> arguments) throws IOException {
        requests.write(PACKAGE + job + "\t" + String.join("\t", arguments));
        requests.newLine();
        requests.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the jobs' process has ended during " + job + "\n" + Files.readString(errors));
        }
        return answer;
    }

    @Override
    public void close() throws IOException {
        requests.close();
        process.destroy();
    }
}
