package io.retaillake.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The state machines of stepfunctions/ against pipeline.yaml and jobs.yaml. */
class StateMachinesTest {

    private static final Map<String, String> DEFINITIONS =
            Map.of("Pipeline", "pipeline", "Starter", "starter", "Overdue", "overdue");
    private static final String JOB_ARN = "arn:aws:glue:ap-northeast-2:123456789012:job/retail-lakehouse-";

    /** The permissions that the service integrations in use need. */
    private static final Map<String, Set<String>> ACTIONS = Map.of(
            "arn:aws:states:::glue:startJobRun.sync",
                    Set.of("glue:StartJobRun", "glue:GetJobRun", "glue:GetJobRuns", "glue:BatchStopJobRun"),
            "arn:aws:states:::aws-sdk:sfn:listExecutions", Set.of("states:ListExecutions"),
            "arn:aws:states:::aws-sdk:sfn:startExecution", Set.of("states:StartExecution"));

    private final Deployment deployment = Deployment.byDefault();

    @Test
    void givesEachDefinitionExactlyItsSubstitutions() {
        DEFINITIONS.forEach((id, name) -> {
            JsonNode machine = deployment.resources("pipeline").get(id).path("Properties");
            Set<String> given = new TreeSet<>();
            machine.path("DefinitionSubstitutions").fieldNames().forEachRemaining(given::add);
            assertThat(given).as(name).isEqualTo(StateMachine.load(name).placeholders());
            assertThat(machine.path("DefinitionS3Location").path("Key").asText())
                    .contains("/" + name + "-");
        });
    }

    @Test
    void describesEveryStateMachineOfTheTemplate() {
        assertThat(deployment
                        .properties("pipeline", "AWS::StepFunctions::StateMachine")
                        .keySet())
                .isEqualTo(DEFINITIONS.keySet());
    }

    @Test
    void startsOnlyJobsThatThereAre() {
        Set<String> names = deployment.properties("jobs", "AWS::Glue::Job").values().stream()
                .map(job -> job.path("Name").asText())
                .collect(Collectors.toSet());
        Map<String, List<String>> started = StateMachine.load("pipeline").jobs();

        assertThat(started).isNotEmpty();
        assertThat(names)
                .containsAll(started.keySet().stream()
                        .map(job -> "retail-lakehouse-" + job)
                        .toList());
    }

    @Test
    void mayStartItsJobsAndNoOthers() {
        Set<String> granted = new TreeSet<>();
        Policies.of(deployment).statementsOf("pipeline", "PipelineRole").stream()
                .filter(statement -> statement.actions().contains("glue:StartJobRun"))
                .forEach(statement -> granted.addAll(statement.resources()));
        assertThat(granted)
                .isEqualTo(StateMachine.load("pipeline").jobs().keySet().stream()
                        .map(job -> JOB_ARN + job)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void mayDoWhatItsTasksCallAndNothingElse() {
        DEFINITIONS.forEach((id, name) -> {
            Set<String> granted = new TreeSet<>();
            Policies.of(deployment).statementsOf("pipeline", id + "Role").stream()
                    .filter(statement -> !statement.sid().equals("LogDelivery"))
                    .forEach(statement -> granted.addAll(statement.actions()));
            Set<String> needed = new TreeSet<>();
            StateMachine.load(name).calls().forEach(call -> {
                assertThat(ACTIONS)
                        .as(name + " calls a service that is unknown here")
                        .containsKey(call);
                needed.addAll(ACTIONS.get(call));
            });
            assertThat(granted).as(name).isEqualTo(needed);
        });
    }

    @Test
    void waitsForAJobAsLongAsGlueLetsItRun() {
        JsonNode inJobs = Template.of("jobs").parameters().path("JobTimeoutMinutes");
        JsonNode inPipeline = Template.of("pipeline").parameters().path("JobTimeoutMinutes");
        for (String constraint : List.of("Type", "Default", "MinValue", "MaxValue")) {
            assertThat(inPipeline.path(constraint)).as(constraint).isEqualTo(inJobs.path(constraint));
        }
    }
}
