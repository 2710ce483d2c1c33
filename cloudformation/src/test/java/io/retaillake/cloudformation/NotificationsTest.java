package io.retaillake.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What must hold so that a notification reaches somebody. */
class NotificationsTest {

    private static final String TOPIC = "arn:aws:sns:ap-northeast-2:123456789012:retail-lakehouse-notifications";

    private static final String MACHINE = "arn:aws:states:ap-northeast-2:123456789012:stateMachine:";

    private final Deployment deployment = Deployment.byDefault();

    @Test
    void letsRulesAndAlarmsUseTheTopicsKey() {
        JsonNode topic = properties("pipeline", "Notifications");
        JsonNode key = deployment.resources("lake").get("Key");
        assertThat(topic.path("KmsMasterKeyId").asText())
                .isEqualTo(ResourceNames.attribute("lake", "Key", "Arn", key))
                .isEqualTo(deployment.exports().get("retail-lakehouse-KeyArn"));

        JsonNode rules = keyStatement("events.amazonaws.com");
        assertThat(rules.path("Action"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder("kms:Decrypt", "kms:GenerateDataKey*");
        // EventBridge sends KMS no aws:SourceAccount, so a condition on it would refuse every notification.
        assertThat(rules.path("Condition").toString())
                .isEqualTo("{\"StringEquals\":{\"kms:EncryptionContext:aws:sns:topicArn\":\"" + TOPIC + "\"}}");
        assertThat(ResourceNames.ref("pipeline", "Notifications", resource("pipeline", "Notifications")))
                .isEqualTo(TOPIC);

        JsonNode alarms = keyStatement("cloudwatch.amazonaws.com");
        assertThat(alarms.path("Action")).isEqualTo(rules.path("Action"));
        assertThat(alarms.path("Condition").toString())
                .isEqualTo("{\"StringEquals\":{\"aws:SourceAccount\":\"123456789012\"}}");
    }

    @Test
    void tellsPeopleOfEveryEndThatIsNoSuccess() {
        List<String> machines = new ArrayList<>();
        for (JsonNode rule : failureRules()) {
            JsonNode pattern = rule.path("EventPattern").path("detail");
            assertThat(pattern.path("status"))
                    .extracting(JsonNode::asText)
                    .containsExactlyInAnyOrder("FAILED", "TIMED_OUT", "ABORTED");
            pattern.path("stateMachineArn").forEach(arn -> machines.add(arn.asText()));
        }
        assertThat(machines)
                .containsExactlyInAnyOrder(
                        MACHINE + "retail-lakehouse-pipeline",
                        MACHINE + "retail-lakehouse-starter",
                        MACHINE + "retail-lakehouse-overdue");
    }

    @Test
    void letsEveryRuleThatTellsPeoplePublish() {
        List<String> publishing = deployment.properties("pipeline", "AWS::Events::Rule").values().stream()
                .filter(rule -> targets(rule).contains(TOPIC))
                .map(rule -> "arn:aws:events:ap-northeast-2:123456789012:rule/"
                        + rule.path("Name").asText())
                .toList();
        JsonNode statements = properties("pipeline", "NotificationsPolicy")
                .path("PolicyDocument")
                .path("Statement");

        assertThat(publishing).hasSameSizeAs(failureRules());
        assertThat(statementFor("events.amazonaws.com", statements)
                        .path("Condition")
                        .path("ArnEquals")
                        .path("aws:SourceArn"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrderElementsOf(publishing);
    }

    @Test
    void advisesToRedriveOnlyThePipelineAndNamesItInEveryCommand() {
        for (JsonNode rule : failureRules()) {
            String machine = rule.path("EventPattern")
                    .path("detail")
                    .path("stateMachineArn")
                    .get(0)
                    .asText();
            String template = transformer(rule).path("InputTemplate").asText();
            assertThat(template.contains("bin/executions redrive <name> ")).isEqualTo(machine.endsWith("-pipeline"));
            assertThat(template.lines().filter(line -> line.contains("bin/executions")))
                    .isNotEmpty()
                    .allSatisfy(line ->
                            assertThat(line).endsWith(" --state-machine " + MACHINE + "retail-lakehouse-pipeline\""));
        }
    }

    @Test
    void fillsEveryPlaceholderOfItsMessages() {
        for (JsonNode rule : failureRules()) {
            List<String> placeholders = Pattern.compile("<([^>]+)>")
                    .matcher(transformer(rule).path("InputTemplate").asText())
                    .results()
                    .map(match -> match.group(1))
                    .distinct()
                    .toList();
            assertThat(transformer(rule).path("InputPathsMap").fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrderElementsOf(placeholders);
        }
    }

    private List<JsonNode> failureRules() {
        return deployment.properties("pipeline", "AWS::Events::Rule").values().stream()
                .filter(rule ->
                        rule.path("EventPattern").path("source").get(0).asText().equals("aws.states"))
                .toList();
    }

    private static List<String> targets(JsonNode rule) {
        return rule.path("Targets").findValuesAsText("Arn");
    }

    private static JsonNode transformer(JsonNode rule) {
        return rule.path("Targets").get(0).path("InputTransformer");
    }

    private JsonNode keyStatement(String service) {
        return statementFor(service, properties("lake", "Key").path("KeyPolicy").path("Statement"));
    }

    /** The one statement for a service. */
    private static JsonNode statementFor(String service, JsonNode all) {
        List<JsonNode> statements = StreamSupport.stream(all.spliterator(), false)
                .filter(statement ->
                        statement.path("Principal").path("Service").toString().contains(service))
                .toList();
        assertThat(statements).as(service).hasSize(1);
        return statements.get(0);
    }

    private JsonNode properties(String stack, String id) {
        return resource(stack, id).path("Properties");
    }

    private JsonNode resource(String stack, String id) {
        return deployment.resources(stack).get(id);
    }
}
