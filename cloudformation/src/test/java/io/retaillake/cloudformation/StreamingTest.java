package io.retaillake.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.retaillake.cloudformation.Policies.Statement;
import io.retaillake.common.registry.JobRegistry;
import io.retaillake.common.run.JobMain;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The stream in streaming.yaml, from Kinesis as by default and from MSK with all options. */
class StreamingTest {

    private static final String TABLE = "arn:aws:glue:ap-northeast-2:123456789012:table/";

    private final Deployment kinesis = Deployment.byDefault();
    private final Deployment kafka = Deployments.withAllOptions();

    @Test
    void runsUntilItIsStoppedAndNotInThePipeline() {
        JsonNode job = job(kinesis);

        assertThat(job.path("Command").path("Name").asText()).isEqualTo("gluestreaming");
        // With a timeout, Glue ends the run and does not start it again after maintenance.
        assertThat(job.has("Timeout")).isFalse();
        assertThat(job.path("MaintenanceWindow").asText()).isEqualTo("Sun:17");
        assertThat(job.path("ExecutionProperty").path("MaxConcurrentRuns").asInt())
                .isEqualTo(1);
        assertThat(kinesis.properties("jobs", "AWS::Glue::Job")).doesNotContainKey("StreamEvents");
        assertThat(JobRegistry.load().pipeline()).noneMatch(of -> of.runsUntilStopped());
        assertThat(StateMachine.load("pipeline").jobs()).doesNotContainKey("StreamEvents");
    }

    @Test
    void passesArgumentsThatTheJobsParserAccepts() {
        // The file of authorities comes to the driver's folder on Glue only.
        Deployment tls = Deployment.with(Map.of(
                "streaming.Stream", "",
                "streaming.BootstrapServers", "broker:9094",
                "streaming.Topic", "clicks",
                "streaming.KafkaSecurity", "tls",
                "streaming.NamespacePrefix", "test_"));
        for (Deployment deployment : List.of(kinesis, tls)) {
            JsonNode job = job(deployment);
            assertThatCode(() -> JobMain.check(GlueRun.newJob(job), GlueRun.arguments(job, Map.of())))
                    .doesNotThrowAnyException();
            job.path("DefaultArguments")
                    .forEach(value -> assertThat(value.asText()).isNotEmpty());
        }
        assertThat(GlueRun.argument(job(kinesis), "--stream")).isEqualTo("clicks");
        assertThat(job(kinesis).path("DefaultArguments").has("--topic")).isFalse();
        assertThat(job(tls).path("DefaultArguments").has("--stream")).isFalse();
    }

    @Test
    void reachesBrokersWithTheJarAndTheAuthoritiesThatAreNamed() {
        JsonNode job = job(kafka);

        assertThat(GlueRun.argument(job, "--kafka-security")).isEqualTo("msk-iam");
        assertThat(GlueRun.argument(job, "--extra-jars"))
                .isEqualTo("s3://acme-hist-retail/" + Deployment.JAR_KEY
                        + ",s3://acme-hist-retail/glue/script/aws-msk-iam-auth-2.3.2-all.jar");
        assertThat(GlueRun.argument(job, "--extra-files"))
                .endsWith("/" + GlueRun.argument(job, "--kafka-truststore"))
                .isEqualTo("s3://acme-hist-retail/glue/script/authorities.pem");
        assertThat(job.path("Connections").path("Connections"))
                .extracting(JsonNode::asText)
                .containsExactly("retail-lakehouse-brokers");
        assertThat(job(kinesis).has("Connections")).isFalse();
    }

    @Test
    void refusesParametersThatTheJobCouldNotWorkWith() {
        assertThatThrownBy(() -> Deployment.with(Map.of("streaming.Stream", "", "streaming.Topic", "clicks")))
                .hasMessageContainingAll("nothing to read", "wants MskCluster");
        assertThatThrownBy(() -> Deployment.with(Map.of("streaming.SubnetId", "subnet-0123456789abcdef0")))
                .hasMessageContaining("give SubnetZone and SecurityGroupId");
    }

    @Test
    void hasSparkAsTheOtherJobsHaveIt() {
        String batch =
                GlueRun.argument(kinesis.properties("jobs", "AWS::Glue::Job").get("BuildPurchases"), "--conf");

        assertThat(GlueRun.argument(job(kinesis), "--conf")).isEqualTo(batch);
    }

    @Test
    void mayReadItsSourceAndWriteItsTablesAndNothingElse() {
        List<Statement> ofKinesis = Policies.of(kinesis).statementsOf("streaming", "StreamEventsRole");
        String stream = "arn:aws:kinesis:ap-northeast-2:123456789012:stream/";
        for (String action : List.of("kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards")) {
            assertThat(Policies.allow(ofKinesis, action, stream + "clicks"))
                    .as(action)
                    .isTrue();
            assertThat(Policies.allow(ofKinesis, action, stream + "orders"))
                    .as(action)
                    .isFalse();
        }
        assertThat(actions(ofKinesis))
                .noneMatch(action -> action.startsWith("kafka-cluster:") || action.startsWith("ec2:"));

        List<Statement> ofKafka = Policies.of(kafka).statementsOf("streaming", "StreamEventsRole");
        String msk = "arn:aws:kafka:ap-northeast-2:123456789012:";
        String cluster = "sales/abcd1234-abcd-cafe-abab-9876543210ab-4";
        assertThat(Policies.allow(ofKafka, "kafka-cluster:Connect", msk + "cluster/" + cluster))
                .isTrue();
        assertThat(Policies.allow(ofKafka, "kafka-cluster:ReadData", msk + "topic/" + cluster + "/clicks"))
                .isTrue();
        assertThat(Policies.allow(ofKafka, "kafka-cluster:ReadData", msk + "topic/" + cluster + "/orders"))
                .isFalse();
        assertThat(actions(ofKafka))
                .noneMatch(action ->
                        action.startsWith("kinesis:") || action.contains("Write") || action.contains("CreateTopic"));

        String bucket = kinesis.exports().get("retail-lakehouse-BucketArn");
        assertThat(Stream.of(
                                "silver/events",
                                "silver/event_rejects",
                                "gold/events_by_window",
                                "gold/late_events",
                                "silver/purchases",
                                "ops/job_runs")
                        .filter(table -> Policies.allow(ofKinesis, "glue:UpdateTable", TABLE + table)
                                && Policies.allow(
                                        ofKinesis,
                                        "s3:PutObject",
                                        bucket + "/data/factdata/" + table + "/data/1.parquet")))
                .containsExactly("silver/events", "silver/event_rejects", "gold/events_by_window", "gold/late_events");
        assertThat(actions(ofKinesis)).doesNotContain("secretsmanager:GetSecretValue", "glue:DeleteTable");
    }

    @Test
    void keepsItsLogsWhereTheJobWritesThem() {
        String prefix = GlueRun.argument(job(kinesis), "--custom-logGroup-prefix");

        assertThat(kinesis.properties("streaming", "AWS::Logs::LogGroup").values())
                .extracting(group -> group.path("LogGroupName").asText())
                .containsExactly(prefix + "/output", prefix + "/error");
    }

    @Test
    void tellsWhoIsNamedThatTheStreamEndedOrIsBehind() {
        JsonNode rule = kafka.properties("streaming", "AWS::Events::Rule").get("EndedRule");
        assertThat(rule.path("EventPattern").path("detail").path("jobName"))
                .extracting(JsonNode::asText)
                .containsExactly(job(kafka).path("Name").asText());
        assertThat(kinesis.properties("streaming", "AWS::Events::Rule")).isEmpty();

        assertThat(kinesis.properties("streaming", "AWS::CloudWatch::Alarm"))
                .containsOnlyKeys("StreamBehindAlarm", "RejectedAlarm");
        Map<String, JsonNode> alarms = kafka.properties("streaming", "AWS::CloudWatch::Alarm");
        assertThat(alarms).containsOnlyKeys("TopicBehindAlarm", "RejectedAlarm");
        assertThat(alarms.get("TopicBehindAlarm")
                        .path("Dimensions")
                        .get(0)
                        .path("Value")
                        .asText())
                .isEqualTo("kafka-clicks");
        assertThat(alarms.values())
                .allSatisfy(alarm -> assertThat(alarm.path("AlarmActions")).hasSize(1));
    }

    private static List<String> actions(List<Statement> statements) {
        return statements.stream()
                .flatMap(statement -> statement.actions().stream())
                .toList();
    }

    private static JsonNode job(Deployment deployment) {
        return deployment.properties("streaming", "AWS::Glue::Job").get("StreamEvents");
    }
}
