package io.retaillake.local;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.retaillake.common.registry.JobDefinition;
import io.retaillake.common.registry.JobRegistry;
import io.retaillake.common.registry.SourceUser;
import io.retaillake.common.relay.Permission;
import io.retaillake.common.relay.RecordingRelay;
import io.retaillake.common.s3.S3Server;
import io.retaillake.generator.GeneratorModule;
import io.retaillake.jobs.RetailJobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The real jobs as they run on AWS, for the tests of what starts them: a lake on S3, tables in the Data Catalog, credentials
 * from Secrets Manager, all of it on this machine. What the jobs request of these is recorded, under the names that the
 * templates' tests deploy.
 */
public final class JobsOnLocalServers implements AutoCloseable {

    /** As Iceberg writes it. */
    private static final long NO_SNAPSHOT = -1;

    private static final String BUCKET = "acme-hist-retail";
    private static final String PREFIX = "test_";
    private static final String SECRET = "arn:aws:secretsmanager:" + Permission.REGION + ":123456789012:secret:";
    private static final String READER = SECRET + "retail-lakehouse/source-reader-AbCdEf";
    private static final String ADMINISTRATOR = SECRET + "de_enhancement_rds_sm-AbCdEf";
    private static final Duration LONG_AGO = Duration.ofDays(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final S3Server s3;
    private final GlueServer glue;
    private final SecretsServer secrets;
    private final RecordingRelay toS3;
    private final RecordingRelay toGlue;
    private final RecordingRelay toSecrets;
    private final SecretWatch watch;
    private final Submission submission;
    private final SortedMap<String, SortedMap<String, Integer>> recorded = new TreeMap<>();

    /**
     * How a job ended.
     *
     * @param succeeded whether it did
     * @param out its standard output
     * @param message what went wrong; empty if nothing did
     */
    public record Ended(boolean succeeded, String out, String message) {}

    /**
     * Starts the servers; the database is empty, and so is the lake.
     *
     * @param folder holds the lake and the processes' files
     */
    public JobsOnLocalServers(Path folder) throws IOException, InterruptedException {
        IntegrationSource source = new IntegrationSource(folder, "on_local_servers");
        s3 = S3Server.start(Submission.S3_PROXY, folder);
        s3.createBucket(BUCKET);
        glue = GlueServer.start();
        List.of("bronze", "silver", "gold", "ops").forEach(layer -> glue.add(PREFIX + layer));
        secrets = SecretsServer.start(Map.of(READER, source.readerSecret(), ADMINISTRATOR, source.adminSecret()));
        toS3 = RecordingRelay.start(s3.port());
        toGlue = RecordingRelay.start(glue.port());
        toSecrets = RecordingRelay.start(secrets.port());
        watch = new SecretWatch(source.passwords());
        Map<String, String> environment = new HashMap<>(s3.environment(toS3.url()));
        environment.put("AWS_ENDPOINT_URL_GLUE", toGlue.url());
        environment.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", toSecrets.url());
        submission = new Submission(folder, watch, "local[2,4]", "spark.sql.shuffle.partitions=2")
                .withEnvironment(environment);
    }

    /**
     * Runs a job with {@code arguments} and those that say where its source and its lake are.
     *
     * @param job the simple name of its class
     */
    public Ended run(String job, List<String> arguments) throws IOException, InterruptedException {
        JobDefinition known =
                JobRegistry.load().named(job).orElseThrow(() -> new IllegalArgumentException("there is no job " + job));
        List<String> all = new ArrayList<>(arguments);
        if (known.sourceUser() == SourceUser.ADMINISTRATOR) {
            all.addAll(List.of("--secret", ADMINISTRATOR, "--reader-secret", READER));
        } else {
            all.addAll(List.of("--lake", "s3://" + BUCKET, "--catalog", "glue", "--namespace-prefix", PREFIX));
            if (known.connects()) {
                all.addAll(List.of("--secret", READER));
            }
        }
        if (known.connects()) {
            all.addAll(List.of("--source-schema", "on_local_servers", "--ssl-mode", "disable"));
        }
        if (known.buildsUsersTables()) {
            all.addAll(List.of("--tables", deliverDefinitions()));
        }
        Submission.Ended ended = submission.submit(known, all);
        // On AWS, FillSource runs as the Glue job PrepareSource.
        record(known.equals(GeneratorModule.FILL_SOURCE) ? RetailJobs.PREPARE_SOURCE.name() : job);
        boolean succeeded = ended.exitCode() == 0;
        return new Ended(succeeded, ended.out(), succeeded ? "" : ended.err());
    }

    private void record(String job) {
        SortedMap<String, Integer> ofJob = recorded.computeIfAbsent(job, name -> new TreeMap<>());
        Stream.of(
                        toS3.take().stream().map(Permission::ofS3),
                        toGlue.take().stream().map(Permission::ofOperation),
                        toSecrets.take().stream().map(Permission::ofOperation))
                .flatMap(needed -> needed)
                .flatMap(List::stream)
                .forEach(needed -> ofJob.merge(needed.action() + "\t" + needed.resource(), 1, Integer::sum));
    }

    /** What the jobs have requested: job, IAM action, ARN and number of requests, separated by tabs, sorted. */
    public List<String> permissions() {
        List<String> lines = new ArrayList<>();
        recorded.forEach((job, permissions) ->
                permissions.forEach((permission, count) -> lines.add(job + "\t" + permission + "\t" + count)));
        return lines;
    }

    /** Delivers one of the extracted files of purchases for an import, and returns the folder. */
    public String deliverPurchases() throws IOException {
        Path bucket = s3.bucket(BUCKET);
        Path delivery = bucket.resolve("data/import/purchases.avro");
        Files.createDirectories(delivery.getParent());
        try (Stream<Path> files = Files.walk(bucket.resolve("data/factdata/bronze/purchase/data"))) {
            Path extracted = files.filter(file -> file.toString().endsWith(".avro"))
                    .min(Path::compareTo)
                    .orElseThrow();
            // With the attributes in which the server keeps its ETag.
            Files.copy(extracted, delivery, StandardCopyOption.COPY_ATTRIBUTES);
        }
        return "s3://" + BUCKET + "/" + bucket.relativize(delivery.getParent());
    }

    /** Delivers two turns as the collector of access logs stores them, or with damaged objects, and returns the folder. */
    public String deliverAccessLogs(boolean whole) throws IOException, InterruptedException {
        for (int turn = 1; turn <= 2; turn++) {
            for (Map.Entry<String, byte[]> object : CollectedLog.turn(turn).entrySet()) {
                boolean isLog = object.getKey().startsWith("turns/");
                s3.put(BUCKET, "logs/" + object.getKey(), whole || isLog ? object.getValue() : new byte[1]);
            }
        }
        return "s3://" + BUCKET + "/logs";
    }

    /** Delivers definitions of tables, one of which reads every table, as bin/deploy does, and returns the folder. */
    private String deliverDefinitions() throws IOException {
        Path bucket = s3.bucket(BUCKET);
        Path folder = Files.createDirectories(bucket.resolve("tables/0123456789ab"));
        List<String> everyTable = JobRegistry.load().tablesOfRun();
        Map<String, String> files = Map.of(
                "users_rows.yaml",
                """
                table: silver.users_rows
                grain: {en: One table., ko: 테이블}
                inputs: %s
                scope: everything
                key: [name]
                columns:
                  - {name: name, type: string, required: true, en: The table., ko: 테이블}
                  - {name: row_count, type: bigint, required: true, en: Number of rows., ko: 건수}
                """.formatted(everyTable),
                "users_rows.sql",
                everyTable.stream()
                        .map(name -> "SELECT '" + name + "' AS name, count(*) AS row_count FROM " + name)
                        .collect(joining("\nUNION ALL ")),
                "users_days.yaml",
                """
                table: gold.users_days
                grain: {en: Sales of one day., ko: 일별 매출}
                inputs: [silver.purchases]
                scope: months
                month_column: day
                key: [day]
                partitions: [months(day)]
                columns:
                  - {name: day, type: date, required: true, en: The day., ko: 일}
                  - {name: paid, type: "decimal(18,2)", required: true, en: Sum in KRW., ko: 합계}
                  - {name: lines, type: bigint, required: true, en: Number of lines., ko: 건수}
                adds_up_to: {table: silver.purchases, amount: paid, rows: lines}
                """,
                "users_days.sql",
                """
                SELECT purchase_date AS day, CAST(sum(amount) AS decimal(18, 2)) AS paid, count(*) AS lines
                FROM silver.purchases GROUP BY 1
                """);
        Path published;
        try (Stream<Path> data = Files.walk(bucket.resolve("data/factdata/silver/purchases/data"))) {
            published = data.filter(Files::isRegularFile).min(Path::compareTo).orElseThrow();
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path target = folder.resolve(file.getKey());
            // With the attributes in which the server keeps its ETag.
            Files.copy(published, target, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(target, file.getValue());
        }
        return "s3://" + BUCKET + "/" + bucket.relativize(folder) + "/";
    }

    /** Leaves in every table what a clean-up removes: a tag whose time is over, and an old file that no version knows. */
    public void leaveDebris() throws IOException {
        for (Map<String, String> table : glue.tables().values()) {
            String location = table.get("metadata_location");
            Path metadataFile = s3.bucket(BUCKET).resolve(location.substring(("s3://" + BUCKET + "/").length()));
            ObjectNode metadata = (ObjectNode) JSON.readTree(metadataFile.toFile());
            long snapshot = metadata.path("current-snapshot-id").asLong(NO_SNAPSHOT);
            // A table whose job has failed may have none, and a tag of none would be a broken table.
            if (snapshot != NO_SNAPSHOT) {
                metadata.withObject("/refs")
                        .putObject("reported-2000-01")
                        .put("snapshot-id", snapshot)
                        .put("type", "tag")
                        .put("max-ref-age-ms", 1);
                JSON.writeValue(metadataFile.toFile(), metadata);
            }
            Path orphan = metadataFile.resolveSibling("orphan.avro");
            Files.writeString(orphan, "orphan");
            Files.setLastModifiedTime(orphan, FileTime.from(Instant.now().minus(LONG_AGO)));
        }
    }

    /** Where a password was seen that must be seen nowhere. */
    public Set<String> leaks() {
        return watch.leaks();
    }

    @Override
    public void close() throws IOException {
        toS3.close();
        toGlue.close();
        toSecrets.close();
        secrets.close();
        glue.close();
        s3.close();
    }
}
