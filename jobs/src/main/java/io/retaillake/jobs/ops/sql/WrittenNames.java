package io.retaillake.jobs.ops.sql;

import io.retaillake.common.spark.ParsedPlans;
import io.retaillake.common.spark.ScalaCollections;
import io.retaillake.common.sql.PlanParts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.analysis.PlanWithUnresolvedIdentifier;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedNamespace;
import org.apache.spark.sql.catalyst.expressions.CreateArray;
import org.apache.spark.sql.catalyst.expressions.CreateMap;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.plans.logical.CreateView;
import org.apache.spark.sql.catalyst.plans.logical.InsertIntoStatement;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.MergeIntoTable;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedTableSpec;
import org.apache.spark.sql.catalyst.plans.logical.V2CreateTableAsSelectPlan;
import org.apache.spark.sql.catalyst.plans.logical.views.CreateIcebergView;
import org.apache.spark.sql.execution.command.SetCommand;

/**
 * The names and places in a statement that writes, but for those in the query that it writes from.
 *
 * @param names of tables, views, branches and columns, part by part
 * @param namespaces part by part
 * @param places locations and other strings
 * @param areKnown false where a name is computed
 */
record WrittenNames(List<List<String>> names, List<List<String>> namespaces, List<String> places, boolean areKnown) {

    private static final Set<String> COLLECTIONS = Set.of("map", "array");
    private static final Pattern DOT = Pattern.compile("\\.");

    /** The names in the parsed plan of a statement that writes. */
    static WrittenNames of(LogicalPlan write) {
        return ParsedPlans.callArguments(write).map(WrittenNames::ofCall).orElseGet(() -> ofParts(write));
    }

    private static WrittenNames ofParts(LogicalPlan write) {
        Object source = source(write);
        List<Object> parts = PlanParts.of(
                write,
                part -> part == source || (part instanceof Expression && !(part instanceof UnresolvedTableSpec))
                        ? null
                        : part);
        List<List<String>> names = new ArrayList<>();
        List<List<String>> namespaces = new ArrayList<>();
        List<String> places = new ArrayList<>();
        boolean computed = write instanceof SetCommand;
        for (Object part : parts) {
            if (part instanceof UnresolvedNamespace namespace) {
                namespaces.add(PlanParts.name(namespace.multipartIdentifier()));
            } else if (part instanceof TableIdentifier table) {
                names.add(List.of(DOT.split(table.unquotedString())));
            } else if (part instanceof String text) {
                places.add(text);
            } else if (!PlanParts.name(part).isEmpty()) {
                names.add(PlanParts.name(part));
            }
            computed |= part instanceof PlanWithUnresolvedIdentifier;
        }
        boolean named = !names.isEmpty() || !namespaces.isEmpty();
        return new WrittenNames(names, namespaces, places, named && !computed);
    }

    private static WrittenNames ofCall(List<Expression> arguments) {
        List<List<String>> names = new ArrayList<>();
        boolean literal = true;
        for (Expression argument : arguments) {
            literal &= isLiteral(argument);
            PlanParts.of(argument, part -> part).stream()
                    .filter(Literal.class::isInstance)
                    .map(part -> String.valueOf(((Literal) part).value()))
                    .forEach(text ->
                            names.add(List.of(DOT.split(text.replace("`", "").replace("\"", "")))));
        }
        return new WrittenNames(names, List.of(), List.of(), literal);
    }

    private static boolean isLiteral(Expression expression) {
        boolean collection = expression instanceof CreateMap
                || expression instanceof CreateArray
                || (expression instanceof UnresolvedFunction function
                        && COLLECTIONS.contains(String.join(".", PlanParts.name(function.nameParts()))));
        return expression instanceof Literal
                || (collection
                        && ScalaCollections.list(expression.children()).stream().allMatch(WrittenNames::isLiteral));
    }

    /** The query that is read; null where there is none. */
    private static LogicalPlan source(LogicalPlan write) {
        if (write instanceof InsertIntoStatement insert) {
            return insert.query();
        } else if (write instanceof V2CreateTableAsSelectPlan create) {
            return create.query();
        } else if (write instanceof MergeIntoTable merge) {
            return merge.sourceTable();
        } else if (write instanceof CreateView view) {
            return view.query();
        } else if (write instanceof CreateIcebergView view) {
            return view.query();
        }
        return null;
    }
}
