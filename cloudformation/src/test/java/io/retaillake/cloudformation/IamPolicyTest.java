package io.retaillake.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.cloudformation.Policies.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How the roles' policies are written; what they grant is {@link LeastPrivilegeIT}'s. */
class IamPolicyTest {

    /** Statements on every resource, and why no ARN works. */
    private static final Map<String, String> ON_EVERYTHING = Map.of(
            "Metrics", "metrics have no ARN; the condition names the namespace",
            "Sessions", "Session Manager's channels have no ARN, and the agent reports on its own instance",
            "LookAround", "EC2's descriptions know no resources",
            "LogDelivery", "CloudWatch's log delivery knows no resources",
            "Traces", "X-Ray's traces have no ARN");

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
    void buildTableWritesUsersTablesAndNoneOfOtherJobs() {
        List<Statement> statements = policies.statementsOf("jobs", "BuildTableRole");
        String bucket = deployment.exports().get("retail-lakehouse-BucketArn");
        String table = "arn:aws:glue:ap-northeast-2:123456789012:table/test_";
        for (String action : List.of("glue:CreateTable", "glue:UpdateTable")) {
            assertThat(Stream.of(
                                    "gold/mine",
                                    "silver/mine",
                                    "gold/sales_by_store",
                                    "gold/sales_by_product",
                                    "silver/purchases",
                                    "bronze/purchase")
                            .filter(name -> Policies.allow(statements, action, table + name)))
                    .as(action)
                    .containsExactly("gold/mine", "silver/mine", "gold/sales_by_store");
        }
        assertThat(Policies.allow(statements, "s3:PutObject", bucket + "/data/tables/gold/mine/data/1.parquet"))
                .isTrue();
        assertThat(Policies.allow(statements, "s3:PutObject", bucket + "/data/factdata/gold/mine/data/1.parquet"))
                .isFalse();
        assertThat(Policies.allow(statements, "s3:GetObject", bucket + "/tables/0123456789ab/mine.sql"))
                .isTrue();
    }
}
