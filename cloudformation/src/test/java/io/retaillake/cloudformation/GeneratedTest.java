package io.retaillake.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.registry.JobDefinition;
import io.retaillake.common.registry.JobRegistry;
import io.retaillake.common.registry.TableRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The files of a deployment that are generated from the registry are those that are committed. */
class GeneratedTest {

    private static final String UNTIL_HERE = "# Until here.\n";

    @Test
    void jobsTemplate() throws IOException {
        requireSame(Path.of("jobs.yaml"), JobsTemplate.of(JobRegistry.load(), TableRegistry.load()));
    }

    @Test
    void pipelineDefinition() throws IOException {
        requireSame(Path.of("../stepfunctions/pipeline.asl.json"), PipelineDefinition.of(JobRegistry.load()));
    }

    @Test
    void jobsThatThePipelineMayStart() throws IOException {
        requireSamePart(Path.of("pipeline.yaml"), "# The pipeline's jobs, generated.\n", jobArns());
    }

    @Test
    void tablesThatAStreamMayWrite() throws IOException {
        JobRoles roles = new JobRoles(TableRegistry.load());
        List<JobDefinition> streams = JobRegistry.load().jobs().stream()
                .filter(JobDefinition::runsUntilStopped)
                .toList();
        assertThat(streams)
                .as("the jobs in streaming.yaml")
                .extracting(JobDefinition::name)
                .containsExactly("StreamEvents");
        requireSamePart(
                Path.of("streaming.yaml"),
                "# The stream's tables, generated.\n",
                JobRoles.indented(14, roles.statements(streams.get(0))));
    }

    private static String jobArns() {
        return JobRegistry.load().pipeline().stream()
                .map(JobDefinition::name)
                .map(name ->
                        "                  - !Sub ['arn:${AWS::Partition}:glue:${AWS::Region}:${AWS::AccountId}:job/"
                                + "${Prefix}" + name
                                + "', {Prefix: {'Fn::ImportValue': !Sub '${ProjectName}-JobNamePrefix'}}]\n")
                .collect(Collectors.joining());
    }

    /** As {@link #requireSame}, of what stands between two comments. */
    private static void requireSamePart(Path file, String before, String generated) throws IOException {
        String committed = Files.readString(file);
        int from = committed.indexOf(before) + before.length();
        int to = committed.lastIndexOf('\n', committed.indexOf(UNTIL_HERE, from)) + 1;
        requireSame(file, committed.substring(0, from) + generated + committed.substring(to));
    }

    private static void requireSame(Path file, String generated) throws IOException {
        if (Boolean.getBoolean("generated.write")) {
            Files.writeString(file, generated);
        }
        assertThat(Files.readString(file))
                .as(file + " is generated from the registry: mvn test -pl cloudformation -am -Dtest=GeneratedTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dgenerated.write=true")
                .isEqualTo(generated);
    }
}
