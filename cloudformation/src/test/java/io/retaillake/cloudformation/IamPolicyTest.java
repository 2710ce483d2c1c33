package io.retaillake.cloudformation;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.contract.GoldTables;
import io.retaillake.common.contract.OpsTables;
import io.retaillake.common.contract.SilverTables;
import io.retaillake.common.contract.TableContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the roles may do. Expected here is what the jobs' classes say that they read and write; the requests that they really make
 * are to be recorded while they run against local servers, and {@link Policies#statementsOf} compared with them.
 */
class IamPolicyTest {

    private static final String CATALOG = "arn:aws:glue:ap-northeast-2:123456789012:";
    private static final String BUCKET = "arn:aws:s3:::acme-hist-retail/";
    private static final String SECRET = "arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:";

    /** Statements on every resource, and why no ARN works. */
    private static final Map<String, String> ON_EVERYTHING = Map.of(
            "Metrics", "metrics have no ARN; the condition names the namespace",
            "LookAround", "EC2's descriptions know no resources",
            "LogDelivery", "CloudWatch's log delivery knows no resources",
            "Traces", "X-Ray's traces have no ARN");

    private static final List<TableContract> ALL = Stream.of(BronzeTables.ALL, SilverTables.ALL, GoldTables.ALL)
            .flatMap(List::stream)
            .toList();

    /** The tables that each job writes, beside the record of runs. */
    private static final Map<String, List<TableContract>> WRITES = Map.ofEntries(
            entry("ExtractDimensions", BronzeTables.DIMENSIONS),
            entry("ExtractPurchases", List.of(BronzeTables.PURCHASE)),
            entry("ImportPurchases", List.of(BronzeTables.PURCHASE)),
            entry("BuildPurchases", SilverTables.ALL),
            entry("SalesByDatetime", List.of(GoldTables.SALES_BY_DATETIME)),
            entry("SalesByProduct", List.of(GoldTables.SALES_BY_PRODUCT)),
            entry("SalesByAgeProduct", List.of(GoldTables.SALES_BY_AGE_PRODUCT)),
            entry("SalesByResidence", List.of(GoldTables.SALES_BY_RESIDENCE)),
            entry("SalesByCustomer", List.of(GoldTables.SALES_BY_CUSTOMER)),
            entry("AffiliateOverview", List.of(GoldTables.AFFILIATE_OVERVIEW)),
            entry("PublishReport", List.of()),
            entry("VerifyRun", List.of()),
            entry("Preflight", List.of()),
            entry("CleanUp", ALL));

    /** The tables that each job reads beside those. */
    private static final Map<String, List<TableContract>> READS = Map.of(
            "BuildPurchases", BronzeTables.ALL,
            "SalesByDatetime", List.of(SilverTables.PURCHASES),
            "SalesByProduct", List.of(SilverTables.PURCHASES),
            "SalesByAgeProduct", List.of(SilverTables.PURCHASES),
            "SalesByResidence", List.of(SilverTables.PURCHASES),
            "SalesByCustomer", List.of(SilverTables.PURCHASES),
            "AffiliateOverview", List.of(SilverTables.PURCHASES),
            "PublishReport", ALL,
            "VerifyRun", ALL,
            "Preflight", ALL);

    private final Deployment deployment = Deployments.withAllOptions();
    private final Policies policies = Policies.of(deployment);

    @Test
    void grantsNoActionByWildcardAndEveryResourceOnlyWhereNoArnWorks() {
        List<String> problems = new ArrayList<>();
        Set<String> used = new TreeSet<>();
        for (String stack : Template.NAMES) {
            deployment
                    .properties(stack, "AWS::IAM::Role")
                    .keySet()
                    .forEach(role -> policies.statementsOf(stack, role).forEach(statement -> {
                        if (statement.actions().stream().anyMatch(action -> action.contains("*"))) {
                            problems.add(stack + "." + role + ": " + statement.actions());
                        }
                        if (statement.resources().contains("*")) {
                            used.add(statement.sid());
                        }
                    }));
        }
        assertThat(problems).isEmpty();
        assertThat(used).isEqualTo(ON_EVERYTHING.keySet());
    }

    @Test
    void handsTheReadersSecretToExtractionsAndTheAdministratorsToPrepareSourceOnly() {
        String reader = SECRET + "retail-lakehouse/source-reader-AbCdEf";
        String administrator = SECRET + "de_enhancement_rds_sm-AbCdEf";
        for (String job : jobs()) {
            Set<String> expected = switch (job) {
                case "ExtractDimensions", "ExtractPurchases", "Preflight" -> Set.of(reader);
                case "PrepareSource" -> Set.of(reader, administrator);
                default -> Set.of();
            };
            assertThat(resources(job, "secretsmanager:GetSecretValue")).as(job).isEqualTo(expected);
        }
    }

    @Test
    void letsEachJobWriteItsOwnTablesAndTheRecordOfRuns() {
        WRITES.forEach((job, tables) -> {
            List<TableContract> written =
                    Stream.concat(tables.stream(), OpsTables.ALL.stream()).toList();
            assertThat(withPrefix(resources(job, "s3:PutObject"), BUCKET + "data/"))
                    .as(job)
                    .isEqualTo(withFiles(job, folders(written)));
            assertThat(tableArns(resources(job, "glue:UpdateTable"))).as(job).isEqualTo(tables(written));
            assertThat(resources(job, "glue:CreateTable")).as(job).isEqualTo(resources(job, "glue:UpdateTable"));
        });
    }

    @Test
    void letsEachJobReadWhatItWritesAndItsInputs() {
        WRITES.forEach((job, written) -> {
            List<TableContract> read = Stream.of(written, READS.getOrDefault(job, List.of()), OpsTables.ALL)
                    .flatMap(List::stream)
                    .toList();
            Set<String> expected = folders(read);
            if (job.equals("ImportPurchases")) {
                expected.add(BUCKET + "data/import/*");
            }
            withFiles(job, expected);
            assertThat(withPrefix(resources(job, "s3:GetObject"), BUCKET + "data/"))
                    .as(job)
                    .isEqualTo(expected);
            assertThat(tableArns(resources(job, "glue:GetTable"))).as(job).isEqualTo(tables(read));
        });
    }

    @Test
    void namesEveryJobThatHasARoleHere() {
        Set<String> expected = new TreeSet<>(WRITES.keySet());
        expected.add("PrepareSource");
        assertThat(jobs()).isEqualTo(expected);
    }

    @Test
    void letsTheAlternativesRoleDoWhatTheJobsDo() {
        Set<String> granted = new TreeSet<>();
        policies.statementsOf("emr", "RuntimeRole").forEach(statement -> granted.addAll(statement.actions()));
        Set<String> needed = new TreeSet<>();
        WRITES.keySet()
                .forEach(job -> policies.statementsOf("jobs", job + "Role").stream()
                        // Glue's own: EMR makes interfaces, logs and metrics by itself.
                        .filter(statement -> !Set.of(
                                        "Logs",
                                        "Metrics",
                                        "Connection",
                                        "LookAround",
                                        "CreateInterfaces",
                                        "TagInterfaces",
                                        "DeleteInterfaces")
                                .contains(statement.sid()))
                        .forEach(statement -> needed.addAll(statement.actions())));
        assertThat(granted).isEqualTo(needed);
    }

    private Set<String> jobs() {
        return new TreeSet<>(deployment.properties("jobs", "AWS::Glue::Job").keySet());
    }

    private Set<String> resources(String job, String action) {
        Set<String> resources = new TreeSet<>();
        policies.statementsOf("jobs", job + "Role").stream()
                .filter(statement -> statement.actions().contains(action))
                .forEach(statement -> resources.addAll(statement.resources()));
        return resources;
    }

    private static Set<String> withPrefix(Set<String> arns, String prefix) {
        return arns.stream().filter(arn -> arn.startsWith(prefix)).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Preflight writes a file, reads and deletes it; PublishReport writes pages beside gold's tables. */
    private static Set<String> withFiles(String job, Set<String> folders) {
        switch (job) {
            case "Preflight" -> folders.add(BUCKET + "data/.preflight-*");
            case "PublishReport" -> folders.add(BUCKET + "data/factdata/gold/report/*");
            default -> {}
        }
        return folders;
    }

    private static Set<String> tableArns(Set<String> arns) {
        return withPrefix(arns, CATALOG + "table/");
    }

    private static Set<String> folders(List<TableContract> tables) {
        Set<String> folders = new TreeSet<>();
        tables.forEach(table -> folders.add(BUCKET + table.folder() + "/*"));
        return folders;
    }

    private static Set<String> tables(List<TableContract> tables) {
        Set<String> arns = new TreeSet<>();
        tables.forEach(table -> arns.add(CATALOG + "table/test_" + table.layer().namespace() + "/" + table.name()));
        return arns;
    }
}
