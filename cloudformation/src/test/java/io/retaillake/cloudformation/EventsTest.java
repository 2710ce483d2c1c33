package io.retaillake.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** events.yaml beside the function that it deploys, and the rules of Firehose and Athena that no resource type states. */
class EventsTest {

    private static final Pattern EXPRESSION = Pattern.compile("!\\{([^:}]+):([^}]+)}");

    private final Deployment deployment = Deployment.byDefault();
    private final Deployment withStream = Deployments.withAllOptions();

    @Test
    void findsEachHourWhereTheFunctionsKeysPutIt() throws IOException {
        JsonNode keys = EventsCall.with(event(Instant.now())).partitionKeys();

        assertThat(keys.fieldNames()).toIterable().containsExactly("year", "month", "day", "hour");
        assertThat(table().partitionKeys()).containsExactlyElementsOf(() -> keys.fieldNames());
        String written = destination().path("Prefix").asText();
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> key : Template.fields(keys)) {
            values.put(key.getKey(), key.getValue().asText());
            written = written.replace("!{partitionKeyFromLambda:" + key.getKey() + "}", values.get(key.getKey()));
        }
        assertThat(written).matches("events/year=\\d{4}/month=\\d{2}/day=\\d{2}/hour=\\d{2}/");
        assertThat(table().folder(values)).isEqualTo("s3://acme-events/" + written);
    }

    @Test
    void hasAColumnForEachFieldOfAnEvent() throws IOException {
        JsonNode event = EventsCall.with(event(Instant.now())).event();

        Map<String, String> columns = table().columns();
        assertThat(columns.keySet()).containsExactlyElementsOf(() -> event.fieldNames());
        for (Map.Entry<String, JsonNode> field : Template.fields(event)) {
            List<String> types = field.getValue().isNumber()
                    ? List.of("int", "bigint")
                    : List.of(field.getValue().isArray() ? "array<string>" : "string");
            // Its address can't be used, so that it has a note.
            if (!field.getValue().isNull()) {
                assertThat(types).as(field.getKey()).contains(columns.get(field.getKey()));
            }
        }
    }

    @Test
    void keepsToFirehosesRulesOfPrefixes() {
        String prefix = destination().path("Prefix").asText();
        String errors = destination().path("ErrorOutputPrefix").asText();

        assertThat(List.of(prefix, errors))
                .allSatisfy(each -> assertThat(each)
                        .hasSizeLessThanOrEqualTo(512)
                        .endsWith("/")
                        .doesNotStartWith("/"));
        assertThat(expressions(prefix))
                .containsExactly(
                        "partitionKeyFromLambda:year",
                        "partitionKeyFromLambda:month",
                        "partitionKeyFromLambda:day",
                        "partitionKeyFromLambda:hour");
        assertThat(expressions(errors))
                .contains("firehose:error-output-type")
                .allMatch(expression -> expression.startsWith("firehose:") || expression.startsWith("timestamp:"));
        assertThat(destination()
                        .path("DynamicPartitioningConfiguration")
                        .path("Enabled")
                        .asBoolean())
                .isTrue();
        assertThat(destination().path("BufferingHints").path("SizeInMBs").asInt())
                .isGreaterThanOrEqualTo(64);
    }

    @Test
    void callsAPublishedVersionWithBatchesThatCanBeAnswered() throws Exception {
        Map<String, String> parameters = new LinkedHashMap<>();
        JsonNode processor =
                destination().path("ProcessingConfiguration").path("Processors").get(0);
        processor
                .path("Parameters")
                .forEach(parameter -> parameters.put(
                        parameter.path("ParameterName").asText(),
                        parameter.path("ParameterValue").asText()));
        JsonNode function = properties("Function");

        assertThat(parameters.get("LambdaArn")).isEqualTo("events-Alias");
        assertThat(properties("Alias").path("FunctionVersion").asText()).isEqualTo("events-Version.Version");
        // The README of the function has what is answered whole.
        assertThat(parameters.get("BufferSizeInMBs")).isEqualTo("1");
        assertThat(function.path("Timeout").asInt()).isLessThanOrEqualTo(300);
        String handler = function.path("Handler").asText();
        assertThat(Class.forName(handler.substring(0, handler.indexOf("::")))
                        .getConstructor()
                        .newInstance())
                .isNotNull();
        assertThat(properties("Version").path("Description").asText())
                .contains(function.path("Code").path("S3Key").asText());
    }

    @Test
    void countsWhatTheFunctionLogs() throws IOException {
        JsonNode line = new ObjectMapper()
                .readTree(EventsCall.with(event(Instant.now()), "no event").log());

        Map<String, Integer> counted = new LinkedHashMap<>();
        deployment.properties("events", "AWS::Logs::MetricFilter").values().forEach(filter -> {
            JsonNode metric = filter.path("MetricTransformations").get(0);
            String value = metric.path("MetricValue").asText();
            assertThat(filter.path("FilterPattern").asText()).isEqualTo("{ " + value + " = * }");
            counted.put(
                    metric.path("MetricName").asText(),
                    line.path(value.substring("$.".length())).asInt(-1));
        });
        assertThat(counted).isEqualTo(Map.of("Records", 2, "FailedRecords", 1));
        assertThat(properties("Function")
                        .path("LoggingConfig")
                        .path("LogFormat")
                        .asText())
                .isEqualTo("Text");
    }

    @Test
    void letsFirehoseIntoItsOwnFoldersOnlyAndTheFunctionNowhere() {
        Policies policies = Policies.of(withStream);
        var delivery = policies.statementsOf("events", "DeliveryRole");
        var function = policies.statementsOf("events", "FunctionRole");

        for (String folder : List.of("events/", "errors/")) {
            assertThat(Policies.allow(delivery, "s3:PutObject", "arn:aws:s3:::acme-events/" + folder + "x.gz"))
                    .isTrue();
        }
        assertThat(Policies.allow(delivery, "s3:PutObject", "arn:aws:s3:::acme-events/x.gz"))
                .isFalse();
        assertThat(Policies.allow(delivery, "s3:PutObject", "arn:aws:s3:::acme-hist-retail/events/x.gz"))
                .isFalse();
        assertThat(Policies.allow(delivery, "s3:DeleteObject", "arn:aws:s3:::acme-events/events/x.gz"))
                .isFalse();
        assertThat(function)
                .singleElement()
                .satisfies(statement ->
                        assertThat(statement.actions()).containsExactly("logs:CreateLogStream", "logs:PutLogEvents"));
        assertThat(Policies.of(deployment).statementsOf("events", "DeliveryRole"))
                .noneMatch(statement -> statement.sid().equals("Source"));
        assertThat(delivery).anyMatch(statement -> statement.sid().equals("Source"));
    }

    @Test
    void takesEventsFromAnExistingStreamToo() {
        String arn = "arn:aws:kinesis:ap-northeast-2:123456789012:stream/clicks";
        Deployment existing = Deployment.with(Map.of("events.Source", arn));

        assertThat(existing.properties("events", "AWS::Kinesis::Stream")).isEmpty();
        assertThat(existing.properties("events", "AWS::KinesisFirehose::DeliveryStream")
                        .get("Delivery")
                        .path("KinesisStreamSourceConfiguration")
                        .path("KinesisStreamARN")
                        .asText())
                .isEqualTo(arn);
        assertThat(Policies.allow(
                        Policies.of(existing).statementsOf("events", "DeliveryRole"), "kinesis:GetRecords", arn))
                .isTrue();
    }

    @Test
    void namesTheObjectsOfFailedRecordsToTheQueueAndDeletesThemInTime() {
        JsonNode rule = properties("FailedRule").path("EventPattern").path("detail");
        String prefix = rule.path("object").path("key").get(0).path("prefix").asText();
        JsonNode bucket = properties("Bucket");

        assertThat(destination().path("ErrorOutputPrefix").asText()).startsWith(prefix);
        assertThat(rule.path("bucket").path("name").get(0).asText())
                .isEqualTo(bucket.path("BucketName").asText());
        assertThat(bucket.path("LifecycleConfiguration").path("Rules"))
                .anySatisfy(expiry -> assertThat(expiry.toString())
                        .contains("\"Prefix\":\"" + prefix + "\"", "\"ExpirationInDays\":\"14\""));
        assertThat(bucket.has("VersioningConfiguration")).isFalse();
    }

    @Test
    void needsNoOtherStackAndFitsIntoACall() throws IOException {
        assertThat(Template.uses(Template.of("events").root(), "Fn::ImportValue"))
                .isEmpty();
        assertThat(Files.size(Path.of("events.yaml"))).isLessThanOrEqualTo(51_200);
    }

    @Test
    void drawsADashboardOfJson() throws IOException {
        JsonNode widgets = new ObjectMapper()
                .readTree(properties("Dashboard").path("DashboardBody").asText())
                .path("widgets");

        assertThat(widgets)
                .hasSize(6)
                .allSatisfy(widget ->
                        assertThat(widget.path("properties").path("metrics")).isNotEmpty());
    }

    private static String event(Instant time) {
        return "{\"timestamp\":\"" + time + "\",\"event_type\":\"view\",\"user_id\":\"u1\",\"ip_address\":\"here\","
                + "\"status_code\":200,\"response_size\":512,\"path\":\"/x\"}";
    }

    private static List<String> expressions(String prefix) {
        List<String> expressions = new ArrayList<>();
        Matcher matcher = EXPRESSION.matcher(prefix);
        while (matcher.find()) {
            expressions.add(matcher.group(1) + ":" + matcher.group(2));
        }
        return expressions;
    }

    private JsonNode destination() {
        return properties("Delivery").path("ExtendedS3DestinationConfiguration");
    }

    private ProjectedTable table() {
        return ProjectedTable.of(deployment, "events", "Table");
    }

    private JsonNode properties(String id) {
        return deployment.resources("events").get(id).path("Properties");
    }
}
