package io.retaillake.common.spark;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.analysis.CurrentNamespace$;
import org.apache.spark.sql.catalyst.analysis.UnresolvedExecuteImmediate;
import org.apache.spark.sql.catalyst.analysis.UnresolvedNamespace;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedArgumentExpression;
import org.apache.spark.sql.catalyst.plans.logical.Call;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ShowTablesExtended;
import org.apache.spark.sql.execution.command.ShowNamespacesCommand;

/** What Spark's parser makes of statements, where Spark 3.5 makes something else: this is for Spark 4.1. */
public final class ParsedPlans {

    /** The class of SHOW NAMESPACES. */
    public static final Class<? extends LogicalPlan> SHOW_NAMESPACES = ShowNamespacesCommand.class;

    /** The class of SHOW TABLE EXTENDED. */
    public static final Class<? extends LogicalPlan> SHOW_TABLE_EXTENDED = ShowTablesExtended.class;

    private ParsedPlans() {}

    /** The arguments of a CALL of a procedure, without their names; empty for any other statement. */
    public static Optional<List<Expression>> callArguments(LogicalPlan plan) {
        return plan instanceof Call call
                ? Optional.of(ScalaCollections.list(call.args()).stream()
                        .map(ParsedPlans::value)
                        .toList())
                : Optional.empty();
    }

    private static Expression value(Expression argument) {
        return argument instanceof NamedArgumentExpression named ? named.value() : argument;
    }

    /** Whether a statement names no namespace where it may name one. */
    public static boolean isNamespaceLeftOut(LogicalPlan namespace) {
        return namespace == CurrentNamespace$.MODULE$
                || (namespace instanceof UnresolvedNamespace unresolved
                        && unresolved.multipartIdentifier().isEmpty());
    }

    /** Whether a statement may write although it is no command to Spark. */
    public static boolean actsThoughNoCommand(LogicalPlan plan) {
        return plan instanceof Call || plan instanceof UnresolvedExecuteImmediate;
    }
}
