package io.retaillake.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A key of one's own for database, secrets and logs, and who may use it. */
class KmsKeyTest {

    private static final List<String> ENCRYPTED =
            List.of("AWS::Logs::LogGroup", "AWS::SecretsManager::Secret", "AWS::RDS::DBInstance");

    private static final String KEY = "arn:aws:kms:ap-northeast-2:123456789012:key/8901";

    @Test
    void encryptsEveryLogSecretAndServerWithItAndNoneByDefault() {
        assertThat(keys(Deployment.byDefault())).isNotEmpty().containsOnly("");
        assertThat(keys(Deployments.withAllOptions())).isNotEmpty().containsOnly(KEY);
    }

    @Test
    void letsRolesThatReadASecretDecryptIt() {
        // A secret that is given has a key of its own, which is another parameter.
        Deployment deployment = Deployment.with(Map.of("jobs.KmsKeyArn", KEY, "logs.KmsKeyArn", KEY));
        Policies policies = Policies.of(deployment);
        List<String> readers = new ArrayList<>();
        for (String stack : Template.NAMES) {
            for (String role :
                    new TreeSet<>(deployment.properties(stack, "AWS::IAM::Role").keySet())) {
                var statements = policies.statementsOf(stack, role);
                if (statements.stream().anyMatch(each -> each.actions().contains("secretsmanager:GetSecretValue"))) {
                    readers.add(stack + "." + role);
                    assertThat(Policies.allow(statements, "kms:Decrypt", KEY))
                            .as(stack + "." + role)
                            .isTrue();
                }
            }
        }
        assertThat(readers)
                .contains(
                        "jobs.ExtractPurchasesRole", "jobs.PrepareSourceRole", "emr.RuntimeRole", "logs.FunctionRole");
    }

    /** IAM refuses a policy that has two statements of one name. */
    @Test
    void takesTheKeyOfASecretThatIsGivenForThatSecretOnly() {
        Deployment deployment = Deployment.with(Map.of(
                "logs.KmsKeyArn",
                KEY,
                "logs.SecretEncryptionKeyArn",
                "arn:aws:kms:ap-northeast-2:123456789012:key/4567"));

        assertThat(Policies.of(deployment).statementsOf("logs", "FunctionRole"))
                .filteredOn(statement -> statement.sid().equals("SecretKey"))
                .singleElement()
                .satisfies(statement -> assertThat(statement.resources()).containsExactly(KEY));
    }

    @Test
    void letsCloudWatchUseTheLakesKeyForTheProjectsLogs() {
        Deployment deployment = Deployment.byDefault();
        JsonNode statements = deployment
                .properties("lake", "AWS::KMS::Key")
                .get("Key")
                .path("KeyPolicy")
                .path("Statement");
        List<String> allowed = new ArrayList<>();
        statements.forEach(statement -> statement
                .path("Condition")
                .path("ArnLike")
                .path("kms:EncryptionContext:aws:logs:arn")
                .forEach(pattern -> allowed.add(pattern.asText())));
        List<String> names = new ArrayList<>();
        for (String stack : Template.NAMES) {
            deployment
                    .properties(stack, "AWS::Logs::LogGroup")
                    .forEach((id, properties) ->
                            // CloudFormation makes up the name of one that has none.
                            names.add(properties
                                    .path("LogGroupName")
                                    .asText("retail-lakehouse-" + stack + "-" + id + "-X1Y2")));
        }

        assertThat(names)
                .hasSizeGreaterThan(5)
                .allSatisfy(name -> assertThat(allowed)
                        .anyMatch(pattern -> Policies.matches(
                                pattern, "arn:aws:logs:ap-northeast-2:123456789012:log-group:" + name)));
        assertThat(allowed)
                .noneMatch(pattern -> Policies.matches(
                        pattern, "arn:aws:logs:ap-northeast-2:123456789012:log-group:/aws/lambda/somebodys"));
    }

    private static List<String> keys(Deployment deployment) {
        List<String> keys = new ArrayList<>();
        for (String stack : Template.NAMES) {
            ENCRYPTED.forEach(type -> deployment
                    .properties(stack, type)
                    .values()
                    .forEach(properties -> keys.add(properties.path("KmsKeyId").asText())));
        }
        return keys;
    }
}
