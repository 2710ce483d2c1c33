package io.retaillake.jobs.ops.sql;

import io.retaillake.common.command.ClosestName;
import io.retaillake.common.job.ExitCode;
import io.retaillake.common.job.Failures;
import io.retaillake.common.job.JobException;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.lake.LakeSession;
import io.retaillake.common.run.FailureExplanation;
import io.retaillake.common.sql.SqlStatement;
import io.retaillake.common.sql.StatementFailures;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Runs statements on a lake, in one session of Spark: what one of them sets or names for the session, the next ones find. */
final class StatementRunner {

    /** Takes a statement's result. */
    @FunctionalInterface
    interface Output {
        /** Prints to {@code out} what a person is to see of it. */
        void take(SqlStatement statement, Dataset<Row> result, PrintStream out);
    }

    private static final String UNKNOWN_TABLE = "TABLE_OR_VIEW_NOT_FOUND";

    private final SparkSession spark;
    private final StatementGuard guard;
    private final boolean mayWrite;
    private final Output output;

    /** Names in statements are looked for in {@code lake} first. */
    StatementRunner(Lake lake, boolean mayWrite, Output output) {
        this.spark = lake.spark();
        this.guard = new StatementGuard(lake);
        this.mayWrite = mayWrite;
        this.output = output;
        spark.catalog().setCurrentCatalog(LakeSession.CATALOG);
    }

    /**
     * Runs a script. Before the first statement all are parsed, and those that write are judged; where one may not run, none does.
     *
     * @throws JobException the first failure, with the number and line of its statement where there are several
     */
    void run(Script script, PrintStream out) {
        List<Script.Statement> statements = script.statements();
        boolean several = statements.size() > 1;
        for (Script.Statement statement : statements) {
            orWhere(several, statement, () -> accepted(statement.text()));
        }
        for (Script.Statement statement : statements) {
            orWhere(several, statement, () -> run(statement.text(), out));
        }
    }

    /**
     * Runs one statement.
     *
     * @throws JobException exit code 2 where the statement is wrong or may not run
     */
    void run(String text, PrintStream out) {
        // Judged again, because a name means what the statements before have made of it.
        SqlStatement statement = accepted(text);
        try {
            output.take(statement, new TableList(spark).result(statement), out);
        } catch (Exception e) {
            // Scala does not declare them, so they cannot be caught by their types.
            Optional<JobException> explained =
                    TimeTravel.explain(spark, statement.plan(), e).or(() -> explain(e));
            if (explained.isPresent()) {
                throw explained.get();
            }
            throw e;
        } finally {
            out.flush();
        }
    }

    private Optional<JobException> explain(Exception failure) {
        return StatementFailures.explain(failure)
                .map(explained -> unknownTable(failure)
                        .flatMap(typed -> ClosestName.of(typed, new LakeNames(spark).tables()))
                        .map(near -> JobException.badArguments(explained.getMessage() + "\nDid you mean " + near + "?"))
                        .orElse(explained));
    }

    /** The table that a statement names and that is not there, as it was typed. */
    private static Optional<String> unknownTable(Exception failure) {
        return Failures.find(failure, AnalysisException.class)
                .filter(analysis -> UNKNOWN_TABLE.equals(analysis.getErrorClass()))
                .map(analysis -> analysis.getMessageParameters().get("relationName"))
                .map(name -> name.replace("`", "").replaceFirst("^" + LakeSession.CATALOG + "\\.", ""));
    }

    private SqlStatement accepted(String text) {
        SqlStatement statement = SqlStatement.parse(spark, text);
        guard.require(statement.plan(), mayWrite);
        return statement;
    }

    private static void orWhere(boolean several, Script.Statement statement, Runnable action) {
        try {
            action.run();
        } catch (Exception e) {
            JobException explained = FailureExplanation.of("Sql", e);
            // Of a defect one wants the trace, which the message has not.
            if (!several || explained.exitCode() == ExitCode.DEFECT) {
                throw e;
            }
            throw explained.in("statement " + statement.number() + ", line " + statement.line());
        }
    }
}
