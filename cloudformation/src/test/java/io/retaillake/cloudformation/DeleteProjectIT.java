package io.retaillake.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** bin/deploy --delete of a whole project: in which order, what stays, and what it refuses. */
class DeleteProjectIT {

    private static final String BUCKET = "acme-hist-retail";

    @TempDir
    private Path folder;

    private DeployedProject project;

    @BeforeEach
    void deploysAProject() throws Exception {
        project = new DeployedProject(folder);
        assertThat(project.deploy("--name", "acme", "--yes", "--with-emr").exitCode())
                .isZero();
        assertThat(project.deploy("--name", "acme", "--yes", "--only", "streaming", "--stream", "clicks")
                        .exitCode())
                .isZero();
        Files.writeString(account("databases"), "bronze silver");
        Files.writeString(Files.createDirectories(account("versions/data")).resolve("old.parquet"), "overwritten");
        Files.delete(account("calls"));
    }

    @Test
    void takesEachStackDownBeforeWhatItImportsAndKeepsTheData() throws Exception {
        Files.writeString(account("runs"), "jr_1\t2026-11-29T10:00:00+00:00\n");
        Files.writeString(account("emr-state"), "STARTED");

        DeployedProject.Result result = project.deploy("--name", "acme", "--delete", "--yes");

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(deleted())
                .containsExactly("streaming", "queries", "pipeline", "emr", "jobs", "database", "lake", "network");
        assertThat(result.output())
                .contains("streaming: stopping jr_1")
                .contains("This stays: the bucket " + BUCKET)
                .contains("With the project's tag, there are still:");
        assertThat(account("emr-state")).hasContent("STOPPED");
        assertThat(account("objects/glue/script")).isNotEmptyDirectory();
        assertThat(account("versions/data/old.parquet")).exists();
        assertThat(account("databases")).hasContent("bronze silver");
    }

    @Test
    void deletesTheBucketWithAllVersionsOnlyAfterItsNameWasTyped() throws Exception {
        DeployedProject.Result untyped = project.deploy("--name", "acme", "--delete", "--delete-data", "--yes");
        assertThat(untyped.exitCode()).isEqualTo(2);
        assertThat(untyped.output()).contains("type the name of the bucket", "nothing was changed");
        assertThat(deleted()).isEmpty();

        DeployedProject.Result result =
                project.deployWithInput(BUCKET + "\n", "--name", "acme", "--delete", "--delete-data", "--yes");
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(account("buckets/" + BUCKET)).doesNotExist();
        assertThat(files("objects")).isEmpty();
        assertThat(files("versions")).isEmpty();
        assertThat(account("databases")).hasContent(" ");
    }

    @Test
    void goesOnWhereADeletionFailedAndSaysWhyItDid() throws Exception {
        Files.writeString(
                account("fail-delete-retail-lakehouse-network"),
                "PrivateSubnetA\tThe subnet 'subnet-1' has dependencies and cannot be deleted.\n");

        DeployedProject.Result failed = project.deploy("--name", "acme", "--delete", "--yes");
        assertThat(failed.exitCode()).isEqualTo(4);
        assertThat(failed.output())
                .contains("The subnet 'subnet-1' has dependencies")
                .contains("the stack retail-lakehouse-network could not be deleted")
                .contains("The interfaces of Glue's and EMR's workers are removed some minutes after the last run")
                .contains("give the same command again: it goes on here");
        assertThat(account("status-retail-lakehouse-network")).hasContent("DELETE_FAILED");

        Files.delete(account("fail-delete-retail-lakehouse-network"));
        Files.delete(account("calls"));
        DeployedProject.Result again = project.deploy("--name", "acme", "--delete", "--yes");
        assertThat(again.exitCode()).as(again.output()).isZero();
        assertThat(deleted()).containsExactly("network");
    }

    /** As after Ctrl-C: what a stack names is gone, and the stack is not. */
    @Test
    void goesOnWhereADeletionIsUnderWay() throws Exception {
        Files.writeString(account("status-retail-lakehouse-pipeline"), "DELETE_IN_PROGRESS");
        Files.createFile(account("no-state-machine"));
        Files.writeString(account("status-retail-lakehouse-database"), "DELETE_IN_PROGRESS");
        Files.createFile(account("unprotected"));

        DeployedProject.Result result = project.deploy("--name", "acme", "--delete", "--yes");

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(deleted()).contains("pipeline", "database", "network");
        Files.delete(account("calls"));
        assertThat(project.deploy("--name", "acme", "--delete").output())
                .contains("There is no stack of the project retail-lakehouse in account 123456789012");
    }

    @Test
    void refusesWhileSomethingRunsAndSaysHowToEndIt() throws Exception {
        Files.writeString(account("executions"), "run-2026-10");
        Files.writeString(account("runs-of-retail-lakehouse-BuildPurchases"), "jr_2\t2026-11-29T10:00:00+00:00\n");
        Files.writeString(account("emr-runs"), "00abc");

        DeployedProject.Result result = project.deploy("--name", "acme", "--delete", "--yes");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.output())
                .contains("bin/executions stop run-2026-10 --state-machine retail-lakehouse-pipeline --region"
                        + " ap-northeast-2")
                .contains("batch-stop-job-run --region ap-northeast-2 --job-name retail-lakehouse-BuildPurchases"
                        + " --job-run-ids jr_2")
                .contains("cancel-job-run", "--job-run-id 00abc")
                .contains("nothing was changed");
        assertThat(deleted()).isEmpty();
    }

    @Test
    void leavesAnotherProjectsBucketAndAStackThatChangesAlone() throws Exception {
        Files.writeString(account("status-retail-lakehouse-jobs"), "UPDATE_IN_PROGRESS");
        DeployedProject.Result another = project.deploy("--name", "other", "--delete", "--yes");
        assertThat(another.exitCode()).isEqualTo(2);
        assertThat(another.output())
                .contains("the bucket of the project retail-lakehouse is " + BUCKET + ", and --name says other")
                .contains("retail-lakehouse-jobs is in state UPDATE_IN_PROGRESS");

        DeployedProject.Result shop = project.deployWithInput(
                BUCKET, "--name", "acme", "--project", "shop", "--delete", "--delete-data", "--yes");
        assertThat(shop.exitCode()).isEqualTo(2);
        assertThat(shop.output()).contains("is of the project retail-lakehouse, not of shop; it is left alone");
        assertThat(account("buckets/" + BUCKET)).exists();
    }

    @Test
    void showsThePlanWithoutCallingAws() throws Exception {
        DeployedProject.Result result = project.deploy("--name", "acme", "--delete", "--delete-data", "--dry-run");

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output())
                .containsSubsequence("logs  ", "pipeline", "jobs", "database", "lake", "network")
                .contains("the bucket " + BUCKET + " with every version of every object", "Nothing was changed.");
        assertThat(account("calls")).doesNotExist();
        assertThat(project.deploy("--name", "acme", "--delete", "--set", "jobs.BuildWorkers=4", "--with-emr")
                        .output())
                .contains("--delete takes down what is there; of the other options it goes with");
        assertThat(project.deploy("--name", "acme", "--delete", "--only", "lake")
                        .output())
                .contains("--delete takes down the whole project, or one of events, streaming and logs");
    }

    private List<String> deleted() throws IOException {
        return project.calls().stream()
                .filter(call -> call.contains("delete-stack"))
                .map(call -> call.replaceAll(".*--stack-name retail-lakehouse-", ""))
                .toList();
    }

    private Path account(String file) {
        return project.account().resolve(file);
    }

    private List<Path> files(String directory) throws IOException {
        try (Stream<Path> all = Files.walk(account(directory))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
