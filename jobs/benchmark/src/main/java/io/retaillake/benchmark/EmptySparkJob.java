package io.retaillake.benchmark;

import org.apache.spark.sql.SparkSession;

/** What starting costs: a Spark that is started as every job's is, does nothing, and ends. */
public final class EmptySparkJob {

    static final String STEP = "a Spark job that does nothing";

    private EmptySparkJob() {}

    /** Begins and ends a session. */
    public static void main(String[] arguments) throws Exception {
        StepOptions options = StepOptions.of(arguments);
        new Steps(options.folder())
                .run(
                        FloorSteps.LAYER,
                        options.step(),
                        () -> SparkSession.builder().appName(STEP).getOrCreate().stop());
    }
}
