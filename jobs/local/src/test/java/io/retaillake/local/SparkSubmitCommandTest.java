package io.retaillake.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retaillake.common.command.CommandException;
import io.retaillake.jobs.RetailJobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkSubmitCommandTest {

    private static final JobRequest REQUEST =
            new JobRequest(RetailJobs.EXTRACT_PURCHASES, List.of("--lake", "/a lake", "--dry-run"));

    @TempDir
    private Path folder;

    @Test
    void submitsToTheAssembledSpark() {
        ProcessBuilder process = command(Map.of()).process(List.of(REQUEST));

        assertThat(process.command())
                .contains("-Xmx3g", "org.apache.spark.deploy.SparkSubmit", "spark.sql.shuffle.partitions=8")
                .containsSequence("--class", "io.retaillake.jobs.bronze.ExtractPurchases")
                .containsSequence("--master", "local[2,4]")
                .endsWith("--lake", "/a lake", "--dry-run");
        assertThat(process.environment())
                .containsEntry("SPARK_SCALA_VERSION", "2.12")
                .containsEntry(
                        "SPARK_HOME",
                        folder.resolve("jobs/spark-home/target/spark").toString())
                .containsKey("SPARK_LOCAL_IP");
    }

    @Test
    void runsSeveralJobsInOneProcess() {
        JobRequest second = new JobRequest(RetailJobs.VERIFY_RUN, List.of("--run-id", "r1"));

        assertThat(command(Map.of()).process(List.of(REQUEST, second)).command())
                .containsSequence("--class", "io.retaillake.common.run.JobSequence")
                .endsWith(
                        "--job",
                        "io.retaillake.jobs.bronze.ExtractPurchases",
                        "--lake",
                        "/a lake",
                        "--dry-run",
                        "--job",
                        "io.retaillake.jobs.ops.verify.VerifyRun",
                        "--run-id",
                        "r1");
    }

    @Test
    void letsThePersonsSettingsWin() {
        List<String> command = command(Map.of()).process(List.of(REQUEST)).command();

        assertThat(command.lastIndexOf("spark.sql.shuffle.partitions=3"))
                .isGreaterThan(command.indexOf("spark.sql.shuffle.partitions=8"));
    }

    @Test
    void addsWhatAStockSparkLacks() throws IOException {
        Path sparkHome = sparkHome("spark-core_2.12-3.5.6.jar");
        Path jars = jars();
        for (String jar : List.of("iceberg-spark-runtime-3.5_2.12-1.10.1.jar", "sqlite-jdbc-3.jar", "spark-sql.jar")) {
            Files.createFile(jars.resolve(jar));
        }

        List<String> command = command(Map.of("SPARK_HOME", sparkHome.toString()))
                .process(List.of(REQUEST))
                .command();

        String iceberg =
                jars.resolve("iceberg-spark-runtime-3.5_2.12-1.10.1.jar").toString();
        String sqlite = jars.resolve("sqlite-jdbc-3.jar").toString();
        assertThat(command)
                .startsWith(sparkHome.resolve("bin/spark-submit").toString())
                .containsSequence("--driver-memory", "3g")
                .containsSequence("--driver-class-path", iceberg + ":" + sqlite)
                .containsSequence("--jars", iceberg + "," + sqlite);
    }

    @Test
    void refusesASparkOfAnotherVersion() throws IOException {
        Path sparkHome = sparkHome("spark-core_2.13-4.0.1.jar");

        assertThatThrownBy(() ->
                        command(Map.of("SPARK_HOME", sparkHome.toString())).process(List.of(REQUEST)))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("holds spark-core_2.13-4.0.1.jar")
                .hasMessageContaining("unset it");
    }

    @BeforeEach
    void makeAssembledSpark() throws IOException {
        Files.createDirectories(jars());
    }

    @Test
    void startsLaterJobsFromTheClassesThatTheFirstOneKept() throws IOException {
        JobRequest first = new JobRequest(RetailJobs.EXTRACT_DIMENSIONS, List.of());
        SparkSubmitCommand command = command(Map.of());
        Path written = Files.createDirectories(folder.resolve("tmp")).resolve("spark-classes.jsa");
        Files.createDirectories(folder.resolve(".work"));

        assertThat(command.process(List.of(first)).command()).contains("-XX:ArchiveClassesAtExit=" + written);
        Files.writeString(written, "classes");
        command.endedWell();

        assertThat(command.process(List.of(REQUEST)).command())
                .anyMatch(option -> option.startsWith("-XX:SharedArchiveFile="));
        Files.createFile(jars().resolve("another-version.jar"));
        assertThat(command.process(List.of(REQUEST)).command())
                .as("with other jars the archive does not fit")
                .noneMatch(option -> option.contains("Archive"));
    }

    @Test
    void startsSparkForAUserWithoutAnAccount() throws IOException {
        Account unknown = new Account(12345, null);

        assertThat(command(Map.of(), unknown).process(List.of(REQUEST)).command())
                .contains(
                        "-Duser.name=uid12345",
                        "-Duser.home=" + folder.resolve("tmp"),
                        "io.retaillake.common.run.SubmitWithoutAccount")
                .doesNotContain("org.apache.spark.deploy.SparkSubmit");
        Map<String, String> own =
                Map.of("SPARK_HOME", sparkHome("spark-core_2.12-3.5.6.jar").toString());
        assertThatThrownBy(() -> command(own, unknown).process(List.of(REQUEST)))
                .hasMessageContaining("user id 12345 has no entry in /etc/passwd");
    }

    private Path jars() {
        return folder.resolve("jobs/spark-home/target/spark/jars");
    }

    private SparkSubmitCommand command(Map<String, String> environment) {
        return command(environment, new Account(1000, "me"));
    }

    private SparkSubmitCommand command(Map<String, String> environment, Account account) {
        SparkSettings settings =
                new SparkSettings("local[2,4]", 2, "3g", List.of("spark.sql.shuffle.partitions=3"), false);
        return new SparkSubmitCommand(Project.at(folder), settings, folder.resolve("tmp"), environment, account);
    }

    private Path sparkHome(String coreJar) throws IOException {
        Path home = folder.resolve("spark");
        Files.createDirectories(home.resolve("jars"));
        Files.createFile(home.resolve("jars").resolve(coreJar));
        return home;
    }
}
