package io.retaillake.common.sql;

import io.retaillake.common.job.ExitCode;
import io.retaillake.common.job.Failures;
import io.retaillake.common.job.JobException;
import io.retaillake.common.run.FailureExplanation;
import java.time.DateTimeException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;

/** Tells a statement that Spark does not accept, or that fails on the rows that it meets, from a failure of anything else. */
public final class StatementFailures {

    /** What expressions and procedures throw; Spark has no classes of its own for these. */
    private static final List<Class<? extends Throwable>> OF_EXPRESSIONS = List.of(
            IllegalArgumentException.class,
            ArithmeticException.class,
            DateTimeException.class,
            UnsupportedOperationException.class,
            ValidationException.class,
            NoSuchNamespaceException.class);

    private static final String INTERNAL = "INTERNAL_ERROR";
    private static final String UDF = "FAILED_EXECUTE_UDF";

    private StatementFailures() {}

    /** What a person is told, exit code 2; empty where it is not the statement that is wrong. */
    public static Optional<JobException> explain(Throwable failure) {
        Optional<AnalysisException> analysis = Failures.find(failure, AnalysisException.class);
        if (analysis.isPresent()) {
            return Optional.of(JobException.badArguments(message(analysis.get().getSimpleMessage())));
        }
        // A disk that is full or a file that is damaged comes through a task as well.
        if (FailureExplanation.of("Sql", failure).exitCode() != ExitCode.DEFECT) {
            return Optional.empty();
        }
        List<Throwable> causes = Failures.causes(failure).toList();
        Throwable innermost = causes.get(causes.size() - 1);
        return causes.stream().anyMatch(StatementFailures::isOfStatement)
                        || isOfExpressions(innermost)
                        || isThrownByExpression(innermost)
                ? Optional.of(JobException.badArguments("The statement failed while it ran: " + reason(causes)))
                : Optional.empty();
    }

    private static boolean isOfStatement(Throwable cause) {
        return cause instanceof SparkThrowable spark
                && spark.getErrorClass() != null
                && !spark.getErrorClass().startsWith(INTERNAL);
    }

    private static boolean isOfExpressions(Throwable cause) {
        return OF_EXPRESSIONS.stream().anyMatch(type -> type.isInstance(cause));
    }

    /** Such as {@code raise_error} and {@code assert_true}, whose exceptions have no class of their own. */
    private static boolean isThrownByExpression(Throwable cause) {
        return cause.getClass() == RuntimeException.class;
    }

    /** The innermost that Spark has named, which says most; for a function of the user's own what that threw as well. */
    private static String reason(List<Throwable> causes) {
        Throwable innermost = causes.get(causes.size() - 1);
        Optional<Throwable> named =
                causes.stream().filter(StatementFailures::isOfStatement).reduce((outer, inner) -> inner);
        if (named.isEmpty()) {
            return message(innermost.getMessage());
        }
        boolean more = UDF.equals(((SparkThrowable) named.get()).getErrorClass()) && named.get() != innermost;
        return message(named.get().getMessage()) + (more ? " (" + message(innermost.toString()) + ")" : "");
    }

    /** Without the stack trace that Spark puts into some messages. */
    private static String message(String text) {
        return Stream.of(String.valueOf(text).split("\n"))
                .takeWhile(line -> !line.startsWith("\tat ") && !line.startsWith("Driver stacktrace"))
                .collect(Collectors.joining("\n"))
                .strip();
    }
}
