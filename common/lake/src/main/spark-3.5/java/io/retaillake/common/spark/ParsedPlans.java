package io.retaillake.common.spark;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.analysis.UnresolvedNamespace;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.CallArgument;
import org.apache.spark.sql.catalyst.plans.logical.CallStatement;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ShowNamespaces;
import org.apache.spark.sql.catalyst.plans.logical.ShowTableExtended;

/** What Spark's parser makes of statements, where Spark 4 makes something else: this is for Spark 3.5. */
public final class ParsedPlans {

    /** The class of SHOW NAMESPACES. */
    public static final Class<? extends LogicalPlan> SHOW_NAMESPACES = ShowNamespaces.class;

    /** The class of SHOW TABLE EXTENDED. */
    public static final Class<? extends LogicalPlan> SHOW_TABLE_EXTENDED = ShowTableExtended.class;

    private ParsedPlans() {}

    /** The arguments of a CALL of a procedure, without their names; empty for any other statement. */
    public static Optional<List<Expression>> callArguments(LogicalPlan plan) {
        return plan instanceof CallStatement call
                ? Optional.of(ScalaCollections.list(call.args()).stream()
                        .map(CallArgument::expr)
                        .toList())
                : Optional.empty();
    }

    /** Whether a statement names no namespace where it may name one. */
    public static boolean isNamespaceLeftOut(LogicalPlan namespace) {
        return namespace instanceof UnresolvedNamespace unresolved
                && unresolved.multipartIdentifier().isEmpty();
    }

    /** Whether a statement may write although it is no command to Spark. */
    public static boolean actsThoughNoCommand(LogicalPlan plan) {
        return false;
    }
}
