package io.retaillake.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What a reference to a resource, or to an attribute of it, stands for once the resource exists. */
final class ResourceNames {

    /** The properties that these names are made of. */
    static final List<String> NAMING =
            List.of("Name", "BucketName", "ConnectionInput", "StateMachineName", "QueueName", "TopicName", "AlarmName");

    private static final String PLACE = "ap-northeast-2:123456789012:";

    private ResourceNames() {}

    /** The value of {@code Ref}. */
    static String ref(String stack, String id, JsonNode resource) {
        JsonNode properties = resource.path("Properties");
        return switch (resource.path("Type").asText()) {
            case "AWS::S3::Bucket" -> properties.path("BucketName").asText();
            case "AWS::Glue::Job", "AWS::Athena::WorkGroup" ->
                properties.path("Name").asText();
            case "AWS::Glue::Connection" ->
                properties.path("ConnectionInput").path("Name").asText();
            case "AWS::StepFunctions::StateMachine" ->
                "arn:aws:states:" + PLACE + "stateMachine:"
                        + properties.path("StateMachineName").asText();
            case "AWS::SNS::Topic" ->
                "arn:aws:sns:" + PLACE + properties.path("TopicName").asText();
            // Secrets Manager adds six random characters.
            case "AWS::SecretsManager::Secret" ->
                "arn:aws:secretsmanager:" + PLACE + "secret:"
                        + properties.path("Name").asText() + "-AbCdEf";
            case "AWS::IAM::ManagedPolicy" -> "arn:aws:iam::123456789012:policy/" + stack + "-" + id;
            default -> stack + "-" + id;
        };
    }

    /** The value of {@code Fn::GetAtt}. */
    static String attribute(String stack, String id, String attribute, JsonNode resource) {
        JsonNode properties = resource.path("Properties");
        return switch (resource.path("Type").asText() + " " + attribute) {
            case "AWS::S3::Bucket Arn" ->
                "arn:aws:s3:::" + properties.path("BucketName").asText();
            case "AWS::KMS::Key Arn" -> "arn:aws:kms:" + PLACE + "key/" + stack + "-" + id;
            case "AWS::IAM::Role Arn" -> "arn:aws:iam::123456789012:role/" + stack + "-" + id;
            case "AWS::SQS::Queue Arn" ->
                "arn:aws:sqs:" + PLACE + properties.path("QueueName").asText();
            case "AWS::StepFunctions::StateMachine Name" ->
                properties.path("StateMachineName").asText();
            case "AWS::Events::Rule Arn" ->
                "arn:aws:events:" + PLACE + "rule/" + properties.path("Name").asText();
            case "AWS::RDS::DBInstance Endpoint.Address" -> "source.example.ap-northeast-2.rds.amazonaws.com";
            case "AWS::RDS::DBInstance Endpoint.Port" -> "5432";
            case "AWS::EC2::Subnet AvailabilityZone" -> "ap-northeast-2a";
            default -> stack + "-" + id + "." + attribute;
        };
    }
}
