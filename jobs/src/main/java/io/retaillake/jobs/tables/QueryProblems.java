package io.retaillake.jobs.tables;

import io.retaillake.common.job.Problems;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.trees.TreeNode;

/** What is wrong with the query of a file, each with the line where it stands. */
final class QueryProblems {

    private static final Pattern POSITION = Pattern.compile("line ([0-9]+) pos [0-9]+");

    private final String file;
    private final Problems problems;
    private final int before;

    QueryProblems(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
        this.before = problems.messages().size();
    }

    /** Of a part of the query. */
    void add(TreeNode<?> part, String message) {
        add(part.origin().line().isDefined() ? (Integer) part.origin().line().get() : 1, message);
    }

    /** Of the query as a whole, or where the message says. */
    void add(String message) {
        Matcher position = POSITION.matcher(message);
        add(position.find() ? Integer.parseInt(position.group(1)) : 1, message);
    }

    /** What Spark does not accept. */
    void add(AnalysisException failure) {
        add(failure.line().isDefined() ? (Integer) failure.line().get() : 1, firstLine(failure.getSimpleMessage()));
    }

    private void add(int line, String message) {
        String problem = file + ":" + line + ": " + message.replaceFirst("^\\[[A-Z_.]+] ", "");
        if (!problems.messages().contains(problem)) {
            problems.add(problem);
        }
    }

    /** Whether this query has none. */
    boolean isEmpty() {
        return problems.messages().size() == before;
    }

    private static String firstLine(String message) {
        return message.strip().lines().findFirst().orElse("");
    }
}
