package io.retaillake.jobs.silver;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** How much memory encoded {@link Dimensions} may take in the driver and in each executor. */
final class DimensionMemory {

    /** Beside them there are Spark's compressed copy for other processes, tasks' rows and Spark itself. */
    private static final int PART_OF_HEAP = 4;

    /** Their arrays end at two billion bytes, and double as they grow. */
    private static final long MOST_BYTES = 512L << 20;

    private DimensionMemory() {}

    /** A quarter of the smallest heap, at most half a gigabyte: about five million customers for each gigabyte of heap. */
    static long mostBytes(JavaSparkContext context) {
        SparkConf conf = context.getConf();
        long heap = Runtime.getRuntime().maxMemory();
        long smallest = context.isLocal() ? heap : Math.min(heap, conf.getSizeAsBytes("spark.executor.memory", "1g"));
        return Math.min(MOST_BYTES, smallest / PART_OF_HEAP);
    }
}
