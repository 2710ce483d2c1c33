package io.retaillake.common.sql;

import io.retaillake.common.job.JobException;
import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * One statement as Spark's parser takes it. Spark runs a command as soon as it is given its text, so what a statement would do is
 * read from the parsed plan before.
 *
 * @param text as it was typed
 * @param plan the parsed plan; names in it are not looked up yet
 */
public record SqlStatement(String text, LogicalPlan plan) {

    private static final String EXAMPLE = "SELECT 1";

    /**
     * Parses a statement, which a semicolon may end.
     *
     * @throws JobException exit code 2 for none, several, or what is no SQL
     */
    public static SqlStatement parse(SparkSession spark, String text) {
        ParserInterface parser = spark.sessionState().sqlParser();
        try {
            return new SqlStatement(text, parser.parsePlan(text));
        } catch (AnalysisException syntax) {
            if (isEmpty(parser, text)) {
                throw JobException.badArguments("There is no statement: nothing, or nothing but comments, was given.");
            }
            if (beginsWithAnother(parser, text, syntax)) {
                throw JobException.badArguments("Those are several statements, and one is taken; nothing was run."
                        + "\nGive each to a call of its own.");
            }
            throw JobException.badArguments(syntax.getSimpleMessage());
        }
    }

    /** Whether it is no query: it says something of tables, plans or the session, or changes them. */
    public boolean isCommand() {
        return plan instanceof Command;
    }

    private static boolean isEmpty(ParserInterface parser, String text) {
        String open = text.strip().replaceAll("[;\\s]+$", "");
        Optional<LogicalPlan> example = parsed(parser, EXAMPLE);
        return open.isEmpty() || parsed(parser, open + "\n" + EXAMPLE).equals(example);
    }

    /** Whether what is before a semicolon in front of the error is a statement. */
    private static boolean beginsWithAnother(ParserInterface parser, String text, AnalysisException syntax) {
        if (syntax.line().isEmpty() || syntax.startPosition().isEmpty()) {
            return false;
        }
        int line = (Integer) syntax.line().get();
        int column = (Integer) syntax.startPosition().get();
        int error = 0;
        for (int before = 1; before < line; before++) {
            error = text.indexOf('\n', error) + 1;
        }
        int semicolon = text.lastIndexOf(';', error + column);
        return semicolon > 0 && parsed(parser, text.substring(0, semicolon)).isPresent();
    }

    private static Optional<LogicalPlan> parsed(ParserInterface parser, String text) {
        try {
            return Optional.of(parser.parsePlan(text));
        } catch (AnalysisException syntax) {
            return Optional.empty();
        }
    }
}
