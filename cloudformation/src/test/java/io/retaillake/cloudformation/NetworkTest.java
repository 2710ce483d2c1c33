package io.retaillake.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.retaillake.cloudformation.Policies.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The ways out of the private subnets, and the way in to the database for people. */
class NetworkTest {

    private final Deployment byDefault = Deployment.byDefault();

    @Test
    void writesThroughTheEndpointOfS3IntoTheLakeOnly() {
        List<Statement> policy =
                Policies.statementsOf(endpoint("S3GatewayEndpoint").path("PolicyDocument"));
        String lake = byDefault.exports().get("retail-lakehouse-BucketArn");

        assertThat(Policies.allow(policy, "s3:*", lake)).isTrue();
        assertThat(Policies.allow(policy, "s3:*", lake + "/data/factdata/gold/x.parquet"))
                .isTrue();
        assertThat(policy.stream()
                        .filter(statement -> statement.condition().isMissingNode())
                        .filter(statement -> !statement.sid().equals("Lake")))
                .singleElement()
                .satisfies(others -> assertThat(others.actions()).containsExactly("s3:GetObject"));
        assertThat(Policies.allow(policy, "s3:GetObject", "arn:aws:s3:::somebodys/x"))
                .isFalse();
        assertThat(Policies.allow(policy, "s3:GetObject", "arn:aws:s3:::aws-glue-jars/x"))
                .isTrue();
    }

    @Test
    void hasEndpointsForWhatTheJobsCallAndNoOthers() {
        assertThat(services(byDefault)).containsExactlyInAnyOrder("s3", "secretsmanager", "glue");
        assertThat(services(Deployments.withAllOptions()))
                .containsExactlyInAnyOrder("s3", "secretsmanager", "glue", "kinesis-streams");
    }

    @Test
    void opensNoPortForSessions() {
        assertThat(byDefault.properties("network", "AWS::EC2::Instance")).isEmpty();

        Deployment sessions = Deployment.with(Map.of("network.BastionSessions", "true"));
        JsonNode bastion = sessions.properties("network", "AWS::EC2::Instance").get("Bastion");
        assertThat(bastion.has("KeyName")).isFalse();
        assertThat(bastion.path("IamInstanceProfile").asText()).isEqualTo("network-BastionProfile");
        assertThat(sessions.properties("network", "AWS::EC2::SecurityGroup")
                        .get("BastionSecurityGroup")
                        .has("SecurityGroupIngress"))
                .isFalse();
        assertThat(sessions.resources("network")).containsKeys("BastionToDatabase", "DatabaseFromBastion");

        Deployment ssh = Deployment.with(
                Map.of("network.BastionSshCidr", "203.0.113.7/32", "network.BastionKeyName", "company"));
        assertThat(ssh.properties("network", "AWS::EC2::SecurityGroup")
                        .get("BastionSecurityGroup")
                        .path("SecurityGroupIngress")
                        .get(0)
                        .path("CidrIp")
                        .asText())
                .isEqualTo("203.0.113.7/32");
        assertThat(ssh.resources("network")).doesNotContainKeys("BastionRole", "BastionProfile");
    }

    private JsonNode endpoint(String id) {
        return byDefault.properties("network", "AWS::EC2::VPCEndpoint").get(id);
    }

    private static List<String> services(Deployment deployment) {
        return deployment.properties("network", "AWS::EC2::VPCEndpoint").values().stream()
                .map(properties -> properties.path("ServiceName").asText().replaceAll(".*\\.", ""))
                .toList();
    }
}
