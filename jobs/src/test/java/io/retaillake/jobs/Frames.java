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
        COMPARISON.assertDataFrameDataEquals(expected, actual);
    }
}
