package io.retaillake.cloudformation;

import java.util.Map;

/** Deployments that several tests look at. */
final class Deployments {

    private static final String KEY = "arn:aws:kms:ap-northeast-2:123456789012:key/8901";

    private Deployments() {}

    /** Everything that a condition may leave out is there. */
    static Deployment withAllOptions() {
        return Deployment.with(Map.ofEntries(
                Map.entry("network.EndpointZones", "2"),
                Map.entry("network.BastionSessions", "true"),
                Map.entry("network.BastionSshCidr", "203.0.113.0/24"),
                Map.entry("network.BastionKeyName", "company"),
                Map.entry("lake.NamespacePrefix", "test_"),
                Map.entry("database.KmsKeyArn", KEY),
                Map.entry("database.StorageKmsKeyArn", KEY),
                Map.entry("jobs.KmsKeyArn", KEY),
                Map.entry("pipeline.KmsKeyArn", KEY),
                Map.entry("events.KmsKeyArn", KEY),
                Map.entry("streaming.KmsKeyArn", KEY),
                Map.entry("logs.KmsKeyArn", KEY),
                Map.entry("jobs.NamespacePrefix", "test_"),
                Map.entry("jobs.TablesKey", "tables/0123456789ab/"),
                Map.entry("emr.NamespacePrefix", "test_"),
                Map.entry("emr.Stream", "clicks"),
                Map.entry("network.KinesisEndpoint", "true"),
                Map.entry("events.NamespacePrefix", "test_"),
                Map.entry("events.Source", "new"),
                Map.entry(
                        "events.NotificationTopicArn",
                        "arn:aws:sns:ap-northeast-2:123456789012:retail-lakehouse-notifications"),
                Map.entry("streaming.NamespacePrefix", "test_"),
                Map.entry("streaming.Stream", ""),
                Map.entry("streaming.StreamKeyArn", "arn:aws:kms:ap-northeast-2:123456789012:key/0123"),
                Map.entry("streaming.BootstrapServers", "b-1.sales.kafka.ap-northeast-2.amazonaws.com:9098"),
                Map.entry("streaming.Topic", "clicks"),
                Map.entry("streaming.MskCluster", "sales/abcd1234-abcd-cafe-abab-9876543210ab-4"),
                Map.entry("streaming.KafkaTruststoreKey", "glue/script/authorities.pem"),
                Map.entry("streaming.ExtraJarKey", "glue/script/aws-msk-iam-auth-2.3.2-all.jar"),
                Map.entry("streaming.SubnetId", "subnet-0123456789abcdef0"),
                Map.entry("streaming.SubnetZone", "ap-northeast-2a"),
                Map.entry("streaming.SecurityGroupId", "sg-0123456789abcdef0"),
                Map.entry(
                        "streaming.NotificationTopicArn",
                        "arn:aws:sns:ap-northeast-2:123456789012:retail-lakehouse-notifications"),
                Map.entry("logs.NamespacePrefix", "test_"),
                Map.entry(
                        "logs.KeySecretArn",
                        "arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:company/log-keys-AbCdEf"),
                Map.entry("logs.SecretEncryptionKeyArn", "arn:aws:kms:ap-northeast-2:123456789012:key/4567"),
                Map.entry("logs.ReservesConcurrency", "false"),
                Map.entry(
                        "logs.NotificationTopicArn",
                        "arn:aws:sns:ap-northeast-2:123456789012:retail-lakehouse-notifications"),
                Map.entry("pipeline.ManifestKeySuffix", "/purchases.manifest.json"),
                Map.entry("pipeline.NotificationEmail", "data@retail.example"),
                Map.entry("pipeline.Tracing", "true")));
    }
}
