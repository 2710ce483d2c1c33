package io.retaillake.local;

import io.retaillake.common.command.ShellWords;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/**
 * Where things lie in the project's folder.
 *
 * @param root the folder that holds the root pom
 * @param version the version that the build gave its jars
 * @param sparkJvmOpens the options with which Spark runs on Java 17
 */
record Project(Path root, String version, List<String> sparkJvmOpens) {

    /** The project whose {@code bin/} command started this JVM. */
    static Project current() {
        String root = System.getProperty("retail-lake.project");
        if (root == null) {
            throw new IllegalStateException("-Dretail-lake.project is not set; start this through bin/");
        }
        return at(Path.of(root));
    }

    static Project at(Path root) {
        Properties build = new Properties();
        try (InputStream in = Project.class.getResourceAsStream("build.properties")) {
            build.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Project(
                root,
                build.getProperty("version"),
                List.of(build.getProperty("spark.jvm.opens").split(" ")));
    }

    Path jobJar() {
        return root.resolve("jobs/jar/target/retail-lakehouse-" + version + ".jar");
    }

    /** The jar that {@code FillSource} needs beside the job jar. */
    Path generatorJar() {
        return root.resolve("jobs/jar/target/generator-" + version + ".jar");
    }

    /** A Spark assembled from Maven artifacts, with Iceberg and S3A among its jars. */
    Path sparkHome() {
        return root.resolve("jobs/spark-home/target/spark");
    }

    Path loggingConfiguration() {
        return root.resolve("jobs/local/src/main/spark/log4j2.properties");
    }

    /** Everything that running on this machine leaves behind; ignored by git. */
    Path workFolder() {
        return root.resolve(".work");
    }

    Path defaultLake() {
        return workFolder().resolve("lake");
    }

    /** How to type a command of {@code bin/} from where the person is. */
    String command(String name) {
        boolean there = Path.of("").toAbsolutePath().equals(root.toAbsolutePath());
        return there
                ? "bin/" + name
                : ShellWords.quoted(root.resolve("bin").resolve(name).toString());
    }
}
