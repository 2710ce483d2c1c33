package io.retaillake.jobs.ops.sql;

import io.retaillake.common.spark.ParsedPlans;
import io.retaillake.common.sql.SqlStatement;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ShowTables;
import org.apache.spark.sql.catalyst.plans.logical.views.ShowIcebergViews;
import scala.Option;

/** Runs statements; SHOW TABLES and SHOW VIEWS without a namespace, which the lake's root has none of, for all namespaces. */
record TableList(SparkSession spark) {

    Dataset<Row> result(SqlStatement statement) {
        if (statement.plan() instanceof ShowTables show && isRoot(show.namespace())) {
            return ofAllNamespaces("SHOW TABLES", show.pattern());
        }
        if (statement.plan() instanceof ShowIcebergViews show && isRoot(show.namespace())) {
            return ofAllNamespaces("SHOW VIEWS", show.pattern());
        }
        return spark.sql(statement.text());
    }

    private boolean isRoot(LogicalPlan namespace) {
        return ParsedPlans.isNamespaceLeftOut(namespace)
                && spark.sessionState().catalogManager().currentNamespace().length == 0;
    }

    private Dataset<Row> ofAllNamespaces(String show, Option<String> pattern) {
        String like = pattern.isEmpty() ? "" : " LIKE '" + pattern.get().replace("'", "\\'") + "'";
        List<Row> namespaces = spark.sql("SHOW NAMESPACES").collectAsList();
        Stream<Dataset<Row>> lists =
                namespaces.stream().map(namespace -> spark.sql(show + " IN `" + namespace.getString(0) + "`" + like));
        return lists.reduce(Dataset::union)
                .map(all -> all.orderBy("namespace", all.columns()[1]))
                .orElseGet(() -> spark.sql("SHOW NAMESPACES"));
    }
}
