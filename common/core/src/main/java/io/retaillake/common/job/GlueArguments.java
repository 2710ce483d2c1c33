package io.retaillake.common.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The arguments that AWS Glue hands to {@code main} beside a job's own. */
public final class GlueArguments {

    private static final Set<String> NAMES = Set.of(
            "--JOB_NAME",
            "--JOB_ID",
            "--JOB_RUN_ID",
            "--SECURITY_CONFIGURATION",
            "--TempDir",
            "--class",
            "--conf",
            "--continuous-log-conversionPattern",
            "--continuous-log-logGroup",
            "--continuous-log-logStreamPrefix",
            "--custom-logGroup-prefix",
            "--custom-logStream-prefix",
            "--customer-driver-env-vars",
            "--customer-executor-env-vars",
            "--datalake-formats",
            "--disable-proxy-v2",
            "--enable-auto-scaling",
            "--enable-continuous-cloudwatch-log",
            "--enable-continuous-log-filter",
            "--enable-glue-datacatalog",
            "--enable-job-insights",
            "--enable-metrics",
            "--enable-observability-metrics",
            "--enable-spark-ui",
            "--encryption-type",
            "--extra-files",
            "--extra-jars",
            "--extra-py-files",
            "--job-bookmark-from",
            "--job-bookmark-option",
            "--job-bookmark-to",
            "--job-language",
            "--scriptLocation",
            "--spark-event-logs-path",
            "--user-jars-first");

    private GlueArguments() {}

    /** {@code arguments} without Glue's options and their values; a Glue option may have none. */
    public static String[] strip(String[] arguments) {
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            if (!NAMES.contains(arguments[i])) {
                kept.add(arguments[i]);
            } else if (i + 1 < arguments.length && !arguments[i + 1].startsWith("--")) {
                i++;
            }
        }
        return kept.toArray(String[]::new);
    }
}
