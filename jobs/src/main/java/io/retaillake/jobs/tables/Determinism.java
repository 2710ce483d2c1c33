package io.retaillake.jobs.tables;

import io.retaillake.common.spark.ScalaCollections;
import io.retaillake.common.sql.PlanParts;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.expressions.AesEncrypt;
import org.apache.spark.sql.catalyst.expressions.CallMethodViaReflection;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.CurrentCatalog;
import org.apache.spark.sql.catalyst.expressions.CurrentDatabase;
import org.apache.spark.sql.catalyst.expressions.CurrentDate;
import org.apache.spark.sql.catalyst.expressions.CurrentTimestampLike;
import org.apache.spark.sql.catalyst.expressions.CurrentUser;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.LocalTimestamp;
import org.apache.spark.sql.catalyst.expressions.RuntimeReplaceable;
import org.apache.spark.sql.catalyst.expressions.SortArray;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.ApproximatePercentile;
import org.apache.spark.sql.catalyst.expressions.aggregate.Average;
import org.apache.spark.sql.catalyst.expressions.aggregate.CentralMomentAgg;
import org.apache.spark.sql.catalyst.expressions.aggregate.Collect;
import org.apache.spark.sql.catalyst.expressions.aggregate.Covariance;
import org.apache.spark.sql.catalyst.expressions.aggregate.First;
import org.apache.spark.sql.catalyst.expressions.aggregate.HistogramNumeric;
import org.apache.spark.sql.catalyst.expressions.aggregate.Last;
import org.apache.spark.sql.catalyst.expressions.aggregate.Mode;
import org.apache.spark.sql.catalyst.expressions.aggregate.PearsonCorrelation;
import org.apache.spark.sql.catalyst.expressions.aggregate.RegrIntercept;
import org.apache.spark.sql.catalyst.expressions.aggregate.RegrSlope;
import org.apache.spark.sql.catalyst.expressions.aggregate.Sum;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Offset;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sample;
import org.apache.spark.sql.catalyst.plans.logical.ScriptTransformation;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Refuses what may give other rows for the same input: chance, the time, the session, the order in which tasks end. What it can't see
 * are ties, as in {@code row_number} or {@code LIMIT} over an order that leaves some undecided.
 */
final class Determinism {

    /** What depends on when and by whom a query is run, though Spark takes it for deterministic. */
    private static final List<Class<? extends Expression>> OF_THE_SESSION = List.of(
            CurrentDate.class,
            CurrentTimestampLike.class,
            LocalTimestamp.class,
            CurrentUser.class,
            CurrentDatabase.class,
            CurrentCatalog.class);

    /** What depends on the order in which rows come, though Spark takes some of it for deterministic. */
    private static final List<Class<? extends Expression>> OF_THE_ORDER = List.of(
            First.class, Last.class, Collect.class, Mode.class, ApproximatePercentile.class, HistogramNumeric.class);

    /** What is computed in doubles, whatever its input. */
    private static final List<Class<? extends Expression>> IN_DOUBLES = List.of(
            CentralMomentAgg.class, PearsonCorrelation.class, Covariance.class, RegrSlope.class, RegrIntercept.class);

    private static final Set<String> MOMENTS = Set.of("now", "today", "tomorrow", "yesterday");

    /** Days and times of the moment, which Spark's parser replaces by that moment. */
    private static final Pattern MOMENT = Pattern.compile(
            "(?i)\\b(date|timestamp|timestamp_ltz|timestamp_ntz)\\s*'\\s*(now|today|tomorrow|yesterday)\\b");

    private final QueryProblems problems;
    private final Set<Object> sorted = Collections.newSetFromMap(new IdentityHashMap<>());

    /** What the user has written in place of what is looked at. */
    private Expression replaced;

    private Determinism(QueryProblems problems) {
        this.problems = problems;
    }

    /** Adds a problem for each part of an analyzed query that is not deterministic. */
    static void require(String sql, LogicalPlan analyzed, QueryProblems problems) {
        Matcher moment = MOMENT.matcher(sql);
        if (moment.find()) {
            problems.add(moment.group()
                    + "' differs from run to run, so that a run could not be repeated; take it from the data");
        }
        new Determinism(problems).walk(analyzed);
    }

    private void walk(Object whole) {
        List<Object> parts = PlanParts.of(whole, Function.identity());
        parts.forEach(this::rememberSorted);
        for (Object part : parts) {
            if (part instanceof Expression expression) {
                require(expression);
            } else if (part instanceof LogicalPlan node) {
                require(node);
            }
        }
    }

    /** Values that are collected in any order, and sorted then, have one order; so have the rows of a window with one. */
    private void rememberSorted(Object part) {
        if (part instanceof WindowExpression window
                && window.windowSpec().orderSpec().nonEmpty()
                && window.windowFunction() instanceof AggregateExpression aggregate) {
            sorted.add(aggregate.aggregateFunction());
        } else if (part instanceof SortArray sort && sort.base() instanceof AggregateExpression aggregate) {
            sorted.add(aggregate.aggregateFunction());
        }
    }

    private void require(Expression expression) {
        if (expression instanceof RuntimeReplaceable replaceable && !(expression instanceof AesEncrypt)) {
            // Its own class says nothing of what takes its place.
            Expression outer = replaced;
            replaced = outer == null ? expression : outer;
            walk(replaceable.replacement());
            replaced = outer;
        }
        if (expression instanceof CallMethodViaReflection) {
            add(expression, " runs any code, and is not allowed");
        } else if (OF_THE_SESSION.stream().anyMatch(type -> type.isInstance(expression))) {
            add(expression, " differs from run to run, so that a run could not be repeated; take it from the data");
        } else if (expression instanceof AesEncrypt) {
            problems.add(expression, "aes_encrypt encrypts the same value otherwise in each run");
        } else if (isUndetermined(expression) && !sorted.contains(expression)) {
            add(expression, " differs from run to run, so that a run could not be repeated" + instead(expression));
        } else if (IN_DOUBLES.stream().anyMatch(type -> type.isInstance(expression))) {
            add(
                    expression,
                    " is computed in doubles, whose sum depends on the order in which they are added; compute it from sums of decimals");
        } else if (addsDoubles(expression)) {
            add(expression, " of doubles depends on the order in which they are added; cast them to decimal first");
        } else if (isMoment(expression)) {
            problems.add(expression, "'today', 'now' and the like differ from run to run; take them from the data");
        }
    }

    /** A problem with what the user has written for an expression. */
    private void add(Expression expression, String problem) {
        Expression written = replaced == null ? expression : replaced;
        problems.add(written, written.prettyName() + problem);
    }

    /** Whether it makes a day or a time of a text that means the moment. */
    private static boolean isMoment(Expression expression) {
        return expression instanceof Cast cast
                && (cast.dataType() instanceof DateType || cast.dataType() instanceof TimestampType)
                && cast.child() instanceof Literal literal
                && MOMENTS.contains(String.valueOf(literal.value()).strip().toLowerCase(Locale.ROOT));
    }

    private static boolean isUndetermined(Expression expression) {
        if (OF_THE_ORDER.stream().anyMatch(type -> type.isInstance(expression))) {
            return true;
        }
        return !expression.deterministic()
                && ScalaCollections.list(expression.children()).stream().allMatch(Expression::deterministic);
    }

    private static String instead(Expression expression) {
        return expression instanceof Collect
                ? "; sort what it collects: sort_array(" + expression.prettyName() + "(…))"
                : expression instanceof AggregateFunction ? "; use min, max, min_by or max_by" : "";
    }

    private static boolean addsDoubles(Expression expression) {
        return ((expression instanceof Sum || expression instanceof Average)
                && (expression.children().head().dataType() instanceof DoubleType
                        || expression.children().head().dataType() instanceof FloatType));
    }

    private void require(LogicalPlan node) {
        if (node instanceof Sample) {
            problems.add(node, "TABLESAMPLE takes other rows in each run");
        } else if (node instanceof ScriptTransformation) {
            problems.add(node, "TRANSFORM runs a program, and is not allowed");
        } else if (node instanceof GlobalLimit limit
                && !isOrdered(limit.child().children().head())) {
            problems.add(node, "LIMIT without ORDER BY takes other rows in each run");
        } else if (node instanceof Offset offset && !isOrdered(offset.child())) {
            problems.add(node, "OFFSET without ORDER BY leaves out other rows in each run");
        }
    }

    private static boolean isOrdered(LogicalPlan node) {
        if (node instanceof Sort sort) {
            return sort.global();
        }
        return (node instanceof Project || node instanceof SubqueryAlias || node instanceof Offset)
                && isOrdered(node.children().head());
    }
}
