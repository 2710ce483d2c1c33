package io.retaillake.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.registry.JobDefinition;
import io.retaillake.common.registry.JobRegistry;
import io.retaillake.common.registry.TableRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The files of a deployment that are generated from the registry are those that are committed. */
class GeneratedTest {

    private static final String FIRST_JOB_ARN = "                # The pipeline's jobs, generated.\n";
    private static final String AFTER_JOB_ARNS = "                # Until here.\n";

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
        Path file = Path.of("pipeline.yaml");
        String committed = Files.readString(file);
        int from = committed.indexOf(FIRST_JOB_ARN) + FIRST_JOB_ARN.length();
        requireSame(
                file,
                committed.substring(0, from) + jobArns() + committed.substring(committed.indexOf(AFTER_JOB_ARNS)));
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
