package io.retaillake.jobs;

import com.holdenkarau.spark.testing.JavaDataFrameSuiteBase;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Compares frames. */
public final class Frames {

    private static final JavaDataFrameSuiteBase COMPARISON = new JavaDataFrameSuiteBase();

    private Frames() {}

    /** Fails unless both have the same rows, each as often, in any order; null equals null. Columns are compared by name. */
    public static void assertSameRows(Dataset<Row> expected, Dataset<Row> actual) {
        COMPARISON.assertDataFrameDataEquals(collected(expected), collected(actual));
    }

    /** The comparison asks for the rows several times, which is to work them out once. */
    private static Dataset<Row> collected(Dataset<Row> frame) {
        return frame.sparkSession().createDataFrame(frame.collectAsList(), frame.schema());
    }
}
