package io.retaillake.common.publish;

import io.retaillake.common.job.JobException;
import io.retaillake.common.job.Window;
import io.retaillake.common.spark.SparkInternals;
import java.util.List;
import org.apache.iceberg.expressions.Expression;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.SparkExpressionConverter;
import org.apache.spark.sql.functions;

/**
 * Which rows of a table a write replaces. The condition must select whole files, so it is over partition columns.
 *
 * @param condition true for the rows that go
 */
public record OverwriteFilter(Column condition) {

    /** All rows go. */
    public static OverwriteFilter everything() {
        return new OverwriteFilter(functions.lit(true));
    }

    /** The rows whose {@code dateColumn} is in the window's months go; all rows where the window is everything. */
    public static OverwriteFilter ofMonths(String dateColumn, Window window) {
        return new OverwriteFilter(RowsInWindow.ofDates(dateColumn, window));
    }

    /** The rows whose year and month, two columns of whole numbers, are in the window go; all rows where it is everything. */
    public static OverwriteFilter ofYearsAndMonths(String yearColumn, String monthColumn, Window window) {
        return new OverwriteFilter(RowsInWindow.ofYearsAndMonths(yearColumn, monthColumn, window));
    }

    /** The rows whose {@code source_month} is one of the window's, or none, go; all rows where it is everything. */
    public static OverwriteFilter ofSourceMonths(Window window) {
        return new OverwriteFilter(RowsInWindow.ofSourceMonths(window));
    }

    /** The rows with one of a few {@code values} in {@code column} go. */
    public static OverwriteFilter ofValues(String column, List<String> values) {
        return new OverwriteFilter(functions.col(column).isin(values.toArray()));
    }

    /** The condition in Iceberg's terms, over the columns of the table that Spark knows as {@code identifier}. */
    Expression rowFilter(SparkSession spark, String identifier) {
        try {
            return SparkExpressionConverter.convertToIcebergExpression(
                    SparkInternals.resolved(spark, identifier, condition));
        } catch (AnalysisException e) {
            throw JobException.defect("No condition over the columns of " + identifier + ": " + condition, e);
        }
    }
}
