package io.retaillake.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A copy of the project, whose bin/deploy finds an {@code aws} on the PATH that notes its calls and refuses what AWS would. */
final class DeployedProject {

    private static final Path PROJECT = Path.of("").toAbsolutePath().getParent();

    private final Path folder;
    private final Path account;
    private final Path commands;

    record Result(int exitCode, String output) {}

    DeployedProject(Path parent) throws IOException {
        folder = parent.resolve("project");
        account = Files.createDirectories(parent.resolve("account"));
        commands = Files.createDirectories(parent.resolve("path"));
        copy("pom.xml");
        copy("bin/deploy");
        copy("bin/launch.sh");
        copyAll("cloudformation/deploy", ".sh");
        copy("cloudformation/glue-script.scala");
        for (String name : Template.NAMES) {
            copy("cloudformation/" + name + ".yaml");
        }
        for (String name : List.of("pipeline", "starter", "overdue")) {
            copy("stepfunctions/" + name + ".asl.json");
        }
        copyAll("data/queries", ".sql");
        write("data/queries/each-affiliate's-total.sql", """
                -- Each affiliate's total; the "overview" of gold.
                SELECT affiliate, '${x}' AS text, total FROM gold.affiliate_overview
                WHERE EXISTS (SELECT 1 FROM ops.job_runs)  -- marigold.x, a.silver.b
                """);
        // Stands in for the check of definitions, which needs a Spark.
        write("bin/tables", """
                #!/bin/sh
                ! grep -n wrong "$2"/*.sql || exit 2
                """);
        assertThat(folder.resolve("bin/tables").toFile().setExecutable(true)).isTrue();
        write("jobs/jar/target/retail-lakehouse-0.2.0-SNAPSHOT.jar", "jar");
        write("jobs/jar/target/generator-0.2.0-SNAPSHOT.jar", "generator");
        write("jobs/lambda/target/retail-lakehouse-lambda-0.2.0-SNAPSHOT.jar", "function");
        write("jobs/logs-lambda/target/retail-lakehouse-logs-lambda-0.2.0-SNAPSHOT.jar", "collecting function");
        Path aws = commands.resolve("aws");
        Files.copy(Path.of("src/test/resources/aws"), aws);
        assertThat(aws.toFile().setExecutable(true)).isTrue();
    }

    Path folder() {
        return folder;
    }

    /** Where the stand-in keeps what there is. */
    Path account() {
        return account;
    }

    /** Puts stacks of the project retail-lakehouse into the account. */
    void hasStacks(String... stacks) throws IOException {
        for (String stack : stacks) {
            Files.writeString(account.resolve("status-retail-lakehouse-" + stack), "CREATE_COMPLETE");
        }
    }

    Result deploy(String... arguments) throws IOException, InterruptedException {
        return deployWithInput("", arguments);
    }

    /** With what somebody types, who is no terminal. */
    Result deployWithInput(String input, String... arguments) throws IOException, InterruptedException {
        Path typed = Files.writeString(account.resolveSibling("input"), input);
        List<String> command =
                new ArrayList<>(List.of(folder.resolve("bin/deploy").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectInput(typed.toFile());
        builder.environment().put("PATH", commands + ":" + System.getenv("PATH"));
        builder.environment().put("FAKE_AWS", account.toString());
        builder.environment().put("AWS_REGION", "ap-northeast-2");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Result(process.exitValue(), output);
    }

    List<String> calls() throws IOException {
        Path calls = account.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    /** The stacks that were deployed, in order. */
    List<String> deployed() throws IOException {
        return calls().stream()
                .filter(call -> call.contains("cloudformation deploy"))
                .map(call -> call.replaceAll(".*--stack-name retail-lakehouse-(\\w+) .*", "$1"))
                .toList();
    }

    /** The parameters with which a stack of the default project stands there. */
    Map<String, String> parameters(String stack) throws IOException {
        return parameters("retail-lakehouse", stack);
    }

    Map<String, String> parameters(String name, String stack) throws IOException {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String line : Files.readAllLines(account.resolve("parameters-" + name + "-" + stack))) {
            parameters.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
        }
        return parameters;
    }

    private void copyAll(String directory, String ending) throws IOException {
        try (var files = Files.list(PROJECT.resolve(directory))) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(ending)).toList()) {
                copy(PROJECT.relativize(file).toString());
            }
        }
    }

    private void copy(String file) throws IOException {
        Path target = folder.resolve(file);
        Files.createDirectories(target.getParent());
        Files.copy(PROJECT.resolve(file), target, StandardCopyOption.COPY_ATTRIBUTES);
    }

    /** Writes a file of the project. */
    void write(String file, String text) throws IOException {
        Path target = folder.resolve(file);
        Files.createDirectories(target.getParent());
        Files.writeString(target, text);
    }
}
