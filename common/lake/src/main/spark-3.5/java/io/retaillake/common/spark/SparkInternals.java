package io.retaillake.common.spark;

import org.apache.hadoop.fs.Path;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.datasources.SparkExpressionConverter;
import org.apache.spark.sql.execution.streaming.OffsetSeqLog;
import org.apache.spark.sql.types.StructType;

/** What of Spark's inside the jobs use and Spark 4 has elsewhere: this is for Spark 3.5. */
public final class SparkInternals {

    private SparkInternals() {}

    /** The expression that a column stands for; names in it are not looked up yet. */
    public static Expression expression(Column column) {
        return column.expr();
    }

    /** A column that stands for an expression. */
    public static Column column(Expression expression) {
        return new Column(expression);
    }

    /**
     * A condition over the columns of the table that Spark knows as {@code identifier}, with its columns looked up.
     *
     * @throws AnalysisException where it is none over them
     */
    public static Expression resolved(SparkSession spark, String identifier, Column condition)
            throws AnalysisException {
        return SparkExpressionConverter.collectResolvedSparkExpression(
                spark, identifier, expression(condition).sql());
    }

    /**
     * The rows of a plan, whose names are looked up.
     *
     * <p>Throws an {@code AnalysisException}, which Scala does not declare, where one can't be found.
     */
    public static Dataset<Row> dataFrame(SparkSession spark, LogicalPlan plan) {
        return Dataset.ofRows(spark, plan);
    }

    /** Rows in Spark's own form, with the columns of {@code schema}, as a frame; nothing is converted or checked. */
    public static Dataset<Row> dataFrame(SparkSession spark, RDD<InternalRow> rows, StructType schema) {
        return spark.internalCreateDataFrame(rows, schema, false);
    }

    /**
     * Up to where a batch of a stream reads its only source, as the source's offset writes itself.
     *
     * @param checkpoint the query's folder
     * @param batch one that Spark has begun
     */
    public static String endOffset(SparkSession spark, String checkpoint, long batch) {
        OffsetSeqLog offsets = new OffsetSeqLog(spark, new Path(checkpoint, "offsets").toString());
        return offsets.get(batch).get().offsets().head().get().json();
    }

    /** The first rows as a table of text, of which no cell is wider than {@code width}. Costs what they cost. */
    public static String table(Dataset<Row> rows, int count, int width) {
        return rows.showString(count, width, false);
    }
}
