package io.retaillake.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.cloudformation.Policies.Statement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The roles of the jobs, and that of the function that collects logs, beside what they requested of S3, the Data Catalog and Secrets Manager when
 * other tests ran them: all of it is granted, and nothing else is.
 */
@Tag("thorough")
class LeastPrivilegeIT {

    /**
     * Written by the tests that run all jobs of a pipeline, a stream, and the function; a line has a job, an action and an ARN.
     */
    private static final List<Path> RECORDED = Stream.of("../stepfunctions", "../jobs/local", "../jobs/logs-lambda")
            .map(module -> Path.of(module, "target", "permissions.tsv"))
            .toList();

    private static final String STREAM = "StreamEvents";
    private static final String FUNCTION = "CollectLogs";

    /** What no run on local servers requests, by a statement's name or an action, and who does. */
    private static final Map<String, String> REQUESTED_ELSEWHERE = Map.ofEntries(
            Map.entry("ListBucket", "Glue, as its own managed policy has it, for jar and event log"),
            Map.entry("ReadJar", "Glue fetches jar and script"),
            Map.entry("TemporaryFilesAndEventLogs", "Glue's --TempDir, and Spark's event log"),
            Map.entry("Encryption", "S3, for who reads the jar or writes the event log"),
            Map.entry("Logs", "the service ships what a job prints"),
            Map.entry("Failed", "Lambda, for a call that failed for good"),
            Map.entry("SecretKey", "Secrets Manager, for the function, where the secret has a key of one's own"),
            Map.entry("Reject", "the function, for what it can't open"),
            Map.entry("BucketKey", "S3, for what the function reads"),
            Map.entry("ReadCollected", "the function's next process, and where the answer to a write was lost"),
            Map.entry("RemoveOldTurns", "the function, after more turns than a test has"),
            Map.entry("Metrics", "Glue reports how a job does"),
            Map.entry("Connection", "Glue looks up the way into the source's network"),
            Map.entry("LookAround", "Glue checks that network"),
            Map.entry("CreateInterfaces", "Glue puts the workers into it"),
            Map.entry("TagInterfaces", "Glue marks the workers' interfaces as its own"),
            Map.entry("DeleteInterfaces", "Glue takes the workers out again"),
            Map.entry("DecryptSecrets", "Secrets Manager, for who reads a secret that has a key of one's own"),
            Map.entry("ReadStream", "the stream, from Kinesis"),
            Map.entry("DecryptStream", "Kinesis, for who reads a stream that is encrypted"),
            Map.entry("ConnectToCluster", "the stream, from MSK"),
            Map.entry("ReadTopic", "the stream, from MSK"),
            Map.entry("ReadInGroups", "the stream, from MSK"),
            Map.entry("MakeRecordTables", "whichever job is a lake's first makes the table of runs"),
            Map.entry("MakeBronzeTables", "ImportPurchases, where no extraction was before it"),
            Map.entry("s3:AbortMultipartUpload", "S3A, where an upload failed"),
            Map.entry(
                    "s3:DeleteObject",
                    "Iceberg, where a task or a commit failed, for what it had written, and where versions expire"));

    /** Jobs that the role on EMR Serverless is not for, because it would hand the administrator's secret to all others. */
    private static final Set<String> ONLY_ON_GLUE = Set.of("PrepareSource");

    private static final Map<String, Set<Permission>> REQUESTED = new TreeMap<>();

    private final Deployment deployment = Deployments.withAllOptions();
    private final Policies policies = Policies.of(deployment);

    private record Permission(String action, String resource) {

        /** With a folder in place of its files. */
        @Override
        public String toString() {
            return action + " on " + (action.startsWith("s3:") ? resource.replaceAll("/[^/]*$", "/...") : resource);
        }
    }

    private record Role(String name, List<Statement> statements, Set<Permission> requested) {

        Stream<String> missing() {
            return requested.stream()
                    .filter(each -> !Policies.allow(statements, each.action, each.resource))
                    .map(each -> name + ": " + each)
                    .distinct();
        }

        /** What nobody needs; the explanations of what others than the job need go to {@code explained}. */
        Stream<String> needless(Set<String> explained) {
            Set<String> needless = new TreeSet<>();
            for (Statement statement :
                    statements.stream().filter(each -> !each.denies()).toList()) {
                for (String action : statement.actions()) {
                    for (String resource : statement.resources()) {
                        if (isRequested(action, resource) || !means(action, resource)) {
                            continue;
                        }
                        Stream.of(statement.sid(), action)
                                .filter(REQUESTED_ELSEWHERE::containsKey)
                                .findFirst()
                                .ifPresentOrElse(
                                        explained::add, () -> needless.add(name + ": " + action + " on " + resource));
                    }
                }
            }
            return needless.stream();
        }

        /** Whether the action is ever asked for on this kind of resource; a statement's tables do not matter to databases. */
        private static boolean means(String action, String resource) {
            return !action.equals("glue:GetDatabase") || !resource.contains(":table/");
        }

        private boolean isRequested(String action, String pattern) {
            return requested.stream()
                    .anyMatch(each -> each.action.equals(action) && Policies.matches(pattern, each.resource));
        }
    }

    @BeforeAll
    static void readWhatWasRecorded() throws IOException {
        for (Path recorded : RECORDED) {
            assertThat(recorded)
                    .as(
                            "what the jobs requested; mvn verify -Pthorough -pl stepfunctions,cloudformation -am records it")
                    .isNotEmptyFile();
            for (String line : Files.readAllLines(recorded)) {
                String[] fields = line.split("\t", -1);
                REQUESTED
                        .computeIfAbsent(fields[0], job -> new LinkedHashSet<>())
                        .add(new Permission(fields[1], fields[2]));
            }
        }
    }

    @Test
    void everyJobThatHasARoleWasRecorded() {
        Set<String> jobs =
                new TreeSet<>(deployment.properties("jobs", "AWS::Glue::Job").keySet());
        jobs.addAll(deployment.properties("streaming", "AWS::Glue::Job").keySet());
        jobs.add(FUNCTION);
        assertThat(REQUESTED.keySet()).isEqualTo(jobs);
    }

    @Test
    void whatIsRequestedIsGranted() {
        assertThat(roles().flatMap(Role::missing)).isEmpty();
    }

    @Test
    void nothingElseIsGranted() {
        Set<String> explained = new TreeSet<>();
        assertThat(roles().flatMap(role -> role.needless(explained))).isEmpty();
        assertThat(explained).as("explanations that are needed").isEqualTo(REQUESTED_ELSEWHERE.keySet());
    }

    /** A role for each job, one for all of them on EMR Serverless, and the function's. */
    private Stream<Role> roles() {
        Set<String> jobs = new TreeSet<>(REQUESTED.keySet());
        jobs.remove(FUNCTION);
        Stream<Role> onGlue =
                jobs.stream().map(job -> role(job.equals(STREAM) ? "streaming" : "jobs", job + "Role", Set.of(job)));
        Set<String> onEmr = new TreeSet<>(jobs);
        onEmr.removeAll(ONLY_ON_GLUE);
        return Stream.concat(
                onGlue, Stream.of(role("emr", "RuntimeRole", onEmr), role("logs", "FunctionRole", Set.of(FUNCTION))));
    }

    private Role role(String stack, String id, Set<String> jobs) {
        Set<Permission> requested = new LinkedHashSet<>();
        jobs.forEach(
                job -> REQUESTED.get(job).stream().flatMap(this::withEncryption).forEach(requested::add));
        return new Role(stack + "." + id, policies.statementsOf(stack, id), requested);
    }

    /** S3 decrypts and encrypts the bucket's objects with its key in the name of who asks. */
    private Stream<Permission> withEncryption(Permission needed) {
        String key = deployment.exports().get("retail-lakehouse-KeyArn");
        return switch (needed.action) {
            case "s3:GetObject" -> Stream.of(needed, new Permission("kms:Decrypt", key));
            case "s3:PutObject" -> Stream.of(needed, new Permission("kms:GenerateDataKey", key));
            default -> Stream.of(needed);
        };
    }
}
