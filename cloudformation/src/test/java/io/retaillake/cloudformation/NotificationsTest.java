package io.retaillake.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What must hold so that a notification reaches somebody. */
class NotificationsTest {

    private static final String TOPIC = "arn:aws:sns:ap-northeast-2:123456789012:retail-lakehouse-notifications";

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

    /** The one statement of the key's policy for a service. */
    private JsonNode keyStatement(String service) {
        JsonNode policy = properties("lake", "Key").path("KeyPolicy");
        List<JsonNode> statements = StreamSupport.stream(
                        policy.path("Statement").spliterator(), false)
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
