package io.retaillake.jobs.tables;

import io.retaillake.common.spark.ScalaCollections;
import io.retaillake.common.sql.PlanParts;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.CTESubstitution$;
import org.apache.spark.sql.catalyst.analysis.ExpressionWithUnresolvedIdentifier;
import org.apache.spark.sql.catalyst.analysis.PlanWithUnresolvedIdentifier;
import org.apache.spark.sql.catalyst.analysis.RelationTimeTravel;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias$;
import scala.runtime.AbstractPartialFunction;

/** Puts a query's inputs in the place of their names, so that it reads nothing but them. */
// Scala has functions be serializable; this one stays in the driver.
@SuppressWarnings("serial")
final class InputRelations extends AbstractPartialFunction<LogicalPlan, LogicalPlan> {

    private final Map<String, Supplier<Dataset<Row>>> inputs;
    private final QueryProblems problems;
    private final TreeSet<String> used = new TreeSet<>();

    private InputRelations(Map<String, Supplier<Dataset<Row>>> inputs, QueryProblems problems) {
        this.inputs = inputs;
        this.problems = problems;
    }

    /**
     * A parsed query over its inputs.
     *
     * @param inputs makes a new relation for each place where a table's name stands
     * @param problems gets each name that is no input's, and each input whose name does not stand anywhere
     */
    static LogicalPlan resolve(LogicalPlan parsed, Map<String, Supplier<Dataset<Row>>> inputs, QueryProblems problems) {
        if (PlanParts.of(parsed, Function.identity()).stream().anyMatch(InputRelations::isComputedName)) {
            problems.add("IDENTIFIER(…) makes a name of a text, so that what is read can't be told; write the name");
            return parsed;
        }
        InputRelations relations = new InputRelations(inputs, problems);
        LogicalPlan resolved = CTESubstitution$.MODULE$.apply(parsed).transformUpWithSubqueries(relations);
        inputs.keySet().stream()
                .filter(input -> !relations.used.contains(input))
                .forEach(input -> problems.add(
                        "the query does not read " + input + ", which is among inputs; take it out, or read it"));
        return resolved;
    }

    private static boolean isComputedName(Object part) {
        return part instanceof PlanWithUnresolvedIdentifier || part instanceof ExpressionWithUnresolvedIdentifier;
    }

    @Override
    public boolean isDefinedAt(LogicalPlan node) {
        return node instanceof UnresolvedRelation || node instanceof RelationTimeTravel;
    }

    @Override
    public LogicalPlan apply(LogicalPlan node) {
        if (node instanceof RelationTimeTravel travel) {
            problems.add(
                    travel,
                    "the query travels in time (VERSION or TIMESTAMP AS OF); it reads the run's snapshots only");
            return travel.relation();
        }
        UnresolvedRelation relation = (UnresolvedRelation) node;
        List<String> parts = ScalaCollections.list(relation.multipartIdentifier());
        String name = String.join(".", parts).toLowerCase(Locale.ROOT);
        if (!inputs.containsKey(name)) {
            problems.add(
                    relation,
                    "the query reads " + name + ", which is not among inputs: " + String.join(", ", inputs.keySet()));
            return node;
        }
        used.add(name);
        return SubqueryAlias$.MODULE$.apply(
                parts.get(1).toLowerCase(Locale.ROOT),
                parts.get(0).toLowerCase(Locale.ROOT),
                inputs.get(name).get().queryExecution().analyzed());
    }
}
