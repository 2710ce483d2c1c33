package io.retaillake.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.retaillake.cloudformation.Policies.Statement;
import io.retaillake.common.accesslog.LogHour;
import io.retaillake.logs.TurnResult;
import io.retaillake.logs.lambda.FunctionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** logs.yaml beside the function that it deploys, the log that this writes, and the statements for Athena in data/queries. */
class LogsTest {

    private static final Path QUERIES = Path.of("../data/queries/logs");
    private static final String BUCKET = "acme-hist-retail";
    private static final Pattern COLUMN = Pattern.compile("(?m)^    (\\w+) (\\S+) COMMENT '([^']+)',?$");
    private static final Pattern PROPERTY = Pattern.compile("(?m)^    '([^']+)' = '([^']+)',?$");

    private final Deployment deployment = Deployment.byDefault();
    private final Deployment withAllOptions = Deployments.withAllOptions();

    @ParameterizedTest
    @CsvSource({"Lines, create-lines.sql, data/logs", "Rejects, create-rejects.sql, rejects"})
    void hasTheTablesOfTheStatementsForAthena(String id, String file, String folder) throws IOException {
        String statement = Files.readString(QUERIES.resolve(file)).replace("s3://BUCKET/", "s3://" + BUCKET + "/");
        ProjectedTable table = ProjectedTable.of(deployment, "logs", id);

        Map<String, String> types = new LinkedHashMap<>();
        Map<String, String> comments = new LinkedHashMap<>();
        COLUMN.matcher(statement).results().forEach(column -> {
            types.put(column.group(1), column.group(2));
            comments.put(column.group(1), column.group(3));
        });
        assertThat(types).isNotEmpty();
        assertThat(List.copyOf(table.columns().entrySet())).isEqualTo(List.copyOf(types.entrySet()));
        assertThat(table.comments()).isEqualTo(comments);
        assertThat(statement)
                .contains(
                        "TABLE logs." + table.input().path("Name").asText() + " (",
                        "PARTITIONED BY (" + String.join(" int, ", table.partitionKeys()) + " int)",
                        "LOCATION 's3://" + BUCKET + "/logs/" + folder + "/'");
        assertThat(table.input().path("StorageDescriptor").path("Location").asText())
                .isEqualTo("s3://" + BUCKET + "/logs/" + folder + "/");
        PROPERTY.matcher(statement)
                .results()
                .forEach(property -> assertThat(table.parameter(property.group(1)))
                        .as(property.group(1))
                        .isEqualTo(property.group(2)));
    }

    @Test
    void findsEachHourWhereTheCollectorPutsIt() {
        String location = environment(deployment).path("LOGS_LOCATION").asText();
        String folder = LogHour.of("2026-03-07 04:05:06.123456").orElseThrow().folder();

        assertThat(ProjectedTable.of(deployment, "logs", "Lines")
                        .folder(Map.of("year", "2026", "month", "3", "day", "7", "hour", "4")))
                .isEqualTo(location + "/data/logs/" + folder + "/");
    }

    @Test
    void savesTheViewOfTheStatementsForAthena() throws IOException {
        JsonNode view = properties(withAllOptions, "View");

        assertThat(view.path("QueryString").asText().strip())
                .isEqualTo(Files.readString(QUERIES.resolve("create-view.sql"))
                        .replaceAll("(?<![\\w.])logs\\.(?=access_log)", "test_logs.")
                        .strip());
        assertThat(view.path("Database").asText()).isEqualTo("logs-Database");
    }

    @Test
    void givesTheFunctionAnEnvironmentThatItTakesAndNoKey() throws Exception {
        for (Deployment each : List.of(deployment, withAllOptions)) {
            Map<String, String> environment = new LinkedHashMap<>();
            Template.fields(environment(each))
                    .forEach(variable -> environment.put(
                            variable.getKey(), variable.getValue().asText()));

            FunctionSettings settings = FunctionSettings.of(environment);

            assertThat(settings.logs()).isEqualTo("s3://" + BUCKET + "/logs");
            assertThat(environment).hasSize(3);
        }
        assertThat(properties(deployment, "KeySecret").has("SecretString")).isFalse();
        assertThat(withAllOptions.resources("logs")).doesNotContainKey("KeySecret");
        String handler = properties(deployment, "Function").path("Handler").asText();
        assertThat(Class.forName(handler.substring(0, handler.indexOf("::")))
                        .getConstructor()
                        .newInstance())
                .isNotNull();
    }

    @Test
    void watchesMetricsThatATurnHasUnderTheNameThatItGivesThem() throws IOException {
        FunctionSettings settings = FunctionSettings.of(Map.of(
                "LOGS_URL", environment(deployment).path("LOGS_URL").asText(),
                "LOGS_LOCATION", environment(deployment).path("LOGS_LOCATION").asText(),
                "LOGS_KEY_SECRET",
                        environment(deployment).path("LOGS_KEY_SECRET").asText()));
        TurnResult turn = new TurnResult(1, 100, 90, 0, Map.of(), 0, 0, Map.of(), Duration.ZERO, 1, 1, Duration.ZERO);
        JsonNode line =
                new ObjectMapper().readTree(turn.metrics(settings.url().getHost(), settings.logs(), Instant.now()));
        String namespace = line.at("/_aws/CloudWatchMetrics/0/Namespace").asText();
        List<String> names = line.at("/_aws/CloudWatchMetrics/0/Metrics").findValuesAsText("Name");
        assertThat(line.at("/_aws/CloudWatchMetrics/0/Dimensions").toString()).isEqualTo("[[\"source\",\"logs\"]]");

        List<JsonNode> watched = new ArrayList<>();
        deployment.properties("logs", "AWS::CloudWatch::Alarm").values().forEach(alarm -> {
            watched.add(alarm);
            alarm.path("Metrics")
                    .forEach(metric -> watched.add(metric.path("MetricStat").path("Metric")));
        });
        watched.removeIf(metric -> !metric.path("Namespace").asText().startsWith("RetailLake"));
        assertThat(watched).hasSize(5).allSatisfy(metric -> {
            assertThat(metric.path("Namespace").asText()).isEqualTo(namespace);
            assertThat(names).contains(metric.path("MetricName").asText());
            assertThat(metric.path("Dimensions").toString())
                    .isEqualTo("[{\"Name\":\"source\",\"Value\":\"%s\"},{\"Name\":\"logs\",\"Value\":\"%s\"}]"
                            .formatted(
                                    line.path("source").asText(),
                                    line.path("logs").asText()));
        });
    }

    @Test
    void isToldWhenNothingIsTold() {
        JsonNode silent = properties(deployment, "SilentAlarm");

        assertThat(silent.path("TreatMissingData").asText()).isEqualTo("breaching");
        assertThat(silent.path("Period").asInt()).isEqualTo(600);
    }

    @Test
    void letsTheFunctionIntoTheLogOnlyAndDeleteTurnsOnly() {
        List<Statement> function = Policies.of(deployment).statementsOf("logs", "FunctionRole");
        String bucket = "arn:aws:s3:::" + BUCKET;

        for (String object :
                List.of("data/logs/year=2026/x.jsonl.gz", "rejects/year=2026/x.json.gz", "turns/1.json.gz")) {
            for (String action : List.of("s3:GetObject", "s3:PutObject")) {
                assertThat(Policies.allow(function, action, bucket + "/logs/" + object))
                        .as(object)
                        .isTrue();
            }
            assertThat(Policies.allow(function, "s3:DeleteObject", bucket + "/logs/" + object))
                    .as(object)
                    .isEqualTo(object.startsWith("turns/"));
        }
        for (String action : List.of("s3:GetObject", "s3:PutObject")) {
            assertThat(Policies.allow(function, action, bucket + "/data/factdata/bronze/x"))
                    .isFalse();
        }
        assertThat(function)
                .filteredOn(statement -> statement.actions().contains("secretsmanager:GetSecretValue"))
                .singleElement()
                .satisfies(statement -> assertThat(statement.resources())
                        .containsExactly(
                                environment(deployment).path("LOGS_KEY_SECRET").asText()));
    }

    @Test
    void endsATurnBeforeTheNextAndHandsFailuresToTheQueue() {
        JsonNode function = properties(deployment, "Function");
        JsonNode target = properties(deployment, "Schedule").path("Target");
        JsonNode calls = properties(deployment, "Calls");

        assertThat(properties(deployment, "Schedule").path("ScheduleExpression").asText())
                .isEqualTo("cron(0/3 * * * ? *)");
        assertThat(function.path("Timeout").asInt()).isLessThan(180);
        assertThat(function.path("ReservedConcurrentExecutions").asInt()).isEqualTo(1);
        assertThat(properties(withAllOptions, "Function").has("ReservedConcurrentExecutions"))
                .isFalse();
        assertThat(target.path("Input").asText()).isEqualTo("{\"scheduledTime\": \"<aws.scheduler.scheduled-time>\"}");
        assertThat(List.of(
                        target.at("/RetryPolicy/MaximumEventAgeInSeconds").asInt(),
                        calls.path("MaximumEventAgeInSeconds").asInt()))
                .allMatch(age -> age < 180);
        assertThat(target.at("/DeadLetterConfig/Arn").asText())
                .isEqualTo(calls.at("/DestinationConfig/OnFailure/Destination").asText());
        for (String role : List.of("FunctionRole", "ScheduleRole")) {
            assertThat(Policies.of(deployment).statementsOf("logs", role))
                    .anyMatch(statement -> statement.actions().contains("sqs:SendMessage"));
        }
    }

    @Test
    void deletesRejectsInTime() {
        String folder = ProjectedTable.of(deployment, "logs", "Rejects")
                .input()
                .at("/StorageDescriptor/Location")
                .asText()
                .replace("s3://" + BUCKET + "/", "");

        assertThat(deployment.resources("lake").get("Bucket").at("/Properties/LifecycleConfiguration/Rules"))
                .anySatisfy(rule -> assertThat(rule.toString())
                        .contains("\"Prefix\":\"" + folder + "\"", "\"ExpirationInDays\":\"90\""));
    }

    @Test
    void fitsIntoACallAndDrawsADashboardOfJson() throws IOException {
        assertThat(Files.size(Path.of("logs.yaml"))).isLessThanOrEqualTo(51_200);
        assertThat(new ObjectMapper()
                        .readTree(properties(deployment, "Dashboard")
                                .path("DashboardBody")
                                .asText())
                        .path("widgets"))
                .hasSize(4)
                .allSatisfy(widget ->
                        assertThat(widget.path("properties").path("metrics")).isNotEmpty());
    }

    private static JsonNode environment(Deployment deployment) {
        return properties(deployment, "Function").path("Environment").path("Variables");
    }

    private static JsonNode properties(Deployment deployment, String id) {
        return deployment.resources("logs").get(id).path("Properties");
    }
}
