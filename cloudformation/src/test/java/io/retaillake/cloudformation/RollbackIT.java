package io.retaillake.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Earlier versions in the bucket: how one is deployed again, how many stay, and what is never deleted. */
class RollbackIT {

    private static final Instant FIRST_DAY = Instant.parse("2026-11-01T10:00:00Z");

    @TempDir
    private Path folder;

    private DeployedProject project;
    private int days;

    @BeforeEach
    void copiesTheProject() throws IOException {
        project = new DeployedProject(folder);
    }

    @Test
    void deploysAnEarlierVersionsJarTemplatesAndStateMachinesTogether() throws Exception {
        deploy("first", "--with-emr");
        String first = project.parameters("jobs").get("JarKey");
        String machine = project.parameters("pipeline").get("PipelineKey");
        Files.writeString(projectFile("stepfunctions/pipeline.asl.json"), "{}");
        Files.writeString(projectFile("cloudformation/jobs.yaml"), "# newer\n" + template("jobs"));
        deploy("second");
        assertThat(project.parameters("pipeline").get("PipelineKey")).isNotEqualTo(machine);

        String version = first.replaceAll("glue/script/(.*)/.*", "$1");
        assertThat(project.deploy("--name", "acme", "--rollback").output())
                .containsPattern("2026-11-02 10:00 UTC {2}0\\.2\\.0-SNAPSHOT-[0-9a-f]{12} {2}deployed now")
                .contains("2026-11-01 10:00 UTC  " + version + "\n")
                .contains("--rollback VERSION");
        Files.delete(project.account().resolve("calls"));
        DeployedProject.Result result = project.deploy("--name", "acme", "--rollback", version, "--yes");

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(project.deployed()).containsExactly("jobs", "emr", "pipeline");
        assertThat(project.parameters("jobs")).containsEntry("JarKey", first);
        assertThat(project.parameters("emr")).containsEntry("JarKey", first);
        assertThat(project.parameters("pipeline")).containsEntry("PipelineKey", machine);
        assertThat(Files.readString(project.account().resolve("template-retail-lakehouse-jobs.yaml")))
                .doesNotContain("# newer");
        assertThat(result.output()).contains("This does not go back: the tables and what Migrate has changed in them");
    }

    @Test
    void refusesAVersionThatIsNotKeptAndOptionsThatBelongToAnother() throws Exception {
        deploy("first");

        DeployedProject.Result unknown =
                project.deploy("--name", "acme", "--rollback=0.2.0-SNAPSHOT-0123456789ab", "--yes");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.output()).contains("0.2.0-SNAPSHOT-0123456789ab is not kept", "Nothing was changed");
        DeployedProject.Result mixed = project.deploy("--name", "acme", "--rollback", "first", "--jar", "x", "--yes");
        assertThat(mixed.exitCode()).isEqualTo(2);
        assertThat(mixed.output())
                .contains("--rollback takes job jar, templates and state machines of one version together")
                .contains("--rollback is 'first'; it must be a version like");
        assertThat(project.deploy(
                                "--name",
                                "acme",
                                "--rollback",
                                "0.2.0-SNAPSHOT-0123456789ab",
                                "--namespace-prefix",
                                "test_")
                        .output())
                .contains("of the other options it goes with");
    }

    @Test
    void listsTheLaterOfTwoVersionsOfOneMinuteFirst() throws Exception {
        List<String> versions = new ArrayList<>();
        for (int seconds = 10; seconds < 14; seconds++) {
            deploy("version at " + seconds);
            String jar = project.parameters("jobs").get("JarKey");
            versions.add(0, jar.replaceAll("glue/script/(.*)/.*", "$1"));
            for (Path file : files(object(jar).getParent())) {
                Files.setLastModifiedTime(file, FileTime.from(FIRST_DAY.plusSeconds(seconds)));
            }
        }

        assertThat(project.deploy("--name", "acme", "--rollback").output()).containsSubsequence(versions);
    }

    @Test
    void doesNotGoBackToAVersionThatIsNotWholeNorWithoutAProject() throws Exception {
        deploy("first");
        String jar = project.parameters("jobs").get("JarKey");
        String version = jar.replaceAll("glue/script/(.*)/.*", "$1");
        Path machine = object(jar).resolveSibling("starter.asl.json");
        Files.delete(machine);
        Files.delete(project.account().resolve("calls"));

        assertThat(project.deploy("--name", "acme", "--rollback", version, "--yes")
                        .output())
                .contains("was kept without starter.asl.json");

        Files.writeString(machine, "{}");
        project.deploy("--name", "acme", "--delete", "--yes");
        DeployedProject.Result deleted = project.deploy("--name", "acme", "--rollback", version, "--yes");
        assertThat(deleted.exitCode()).isEqualTo(2);
        assertThat(deleted.output()).contains("there is no stack retail-lakehouse-jobs");
        assertThat(project.deployed()).isEmpty();
    }

    @Test
    void keepsFiveVersionsAndWhateverIsInUseOrIsNotOurs() throws Exception {
        deploy("of emr", "--with-emr");
        String ofEmr = project.parameters("emr").get("JarKey");
        List<String> jars = new ArrayList<>();
        Path foreign = object("glue/script/aws-msk-iam-auth-2.3.2-all.jar");
        Files.writeString(foreign, "theirs");
        for (int version = 1; version <= 7; version++) {
            deploy("version " + version);
            jars.add(project.parameters("jobs").get("JarKey"));
        }

        assertThat(jars.subList(0, 2)).allSatisfy(jar -> assertThat(object(jar)).doesNotExist());
        assertThat(jars.subList(2, 7)).allSatisfy(jar -> assertThat(object(jar)).exists());
        assertThat(object(ofEmr)).as("the jar of a stack").exists();
        assertThat(foreign).exists();
        assertThat(files(object(jars.get(0)).getParent())).isEmpty();
    }

    @Test
    void keepsTheJarOfARunThatIsUnderWay() throws Exception {
        List<String> jars = new ArrayList<>();
        deploy("version 1");
        deploy("version 2");
        String second = project.parameters("jobs").get("JarKey");
        // Began on the day after the second version's.
        Files.writeString(
                project.account().resolve("runs-of-retail-lakehouse-BuildPurchases"),
                "jr_1\t2026-11-03T09:00:00.123000+00:00\n");
        for (int version = 3; version <= 8; version++) {
            deploy("version " + version);
            jars.add(project.parameters("jobs").get("JarKey"));
        }

        assertThat(object(second)).exists();
        assertThat(jars).allSatisfy(jar -> assertThat(object(jar)).exists());
        assertThat(files(object("glue/script")).stream()
                        .filter(file -> file.toString().endsWith(".jar")))
                .hasSize(7);
    }

    /** Each on a day of its own. */
    private void deploy(String jar, String... more) throws Exception {
        project.write("jobs/jar/target/retail-lakehouse-0.2.0-SNAPSHOT.jar", jar);
        Instant before = Instant.now().minusSeconds(3600);
        List<String> arguments = new ArrayList<>(List.of("--name", "acme", "--yes"));
        arguments.addAll(List.of(more));
        DeployedProject.Result result = project.deploy(arguments.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.output()).isZero();
        for (Path file : files(project.account().resolve("objects"))) {
            if (Files.getLastModifiedTime(file).toInstant().isAfter(before)) {
                Files.setLastModifiedTime(file, FileTime.from(FIRST_DAY.plusSeconds(86_400L * days)));
            }
        }
        days++;
    }

    private Path projectFile(String file) {
        return project.folder().resolve(file);
    }

    private String template(String stack) throws IOException {
        return Files.readString(projectFile("cloudformation/" + stack + ".yaml"));
    }

    private Path object(String key) {
        return project.account().resolve("objects").resolve(key);
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
