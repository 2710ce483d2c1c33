package io.retaillake.local;

import io.retaillake.common.registry.JobDefinition;
import io.retaillake.jobs.RetailJobs;
import java.util.Map;

/**
 * How long a job took where it was measured, which says how it compares with the others.
 *
 * @param seconds whatever the size
 * @param secondsPerMillion for every million purchases
 */
record JobWeight(double seconds, double secondsPerMillion) {

    private static final double MILLION = 1e6;
    private static final JobWeight USUAL = new JobWeight(1, 0.1);

    /** From one month and all months of the same purchases (jobs/benchmark). */
    private static final Map<JobDefinition, JobWeight> MEASURED = Map.ofEntries(
            Map.entry(RetailJobs.EXTRACT_DIMENSIONS, new JobWeight(3.3, 0)),
            Map.entry(RetailJobs.EXTRACT_PURCHASES, new JobWeight(2, 0.92)),
            Map.entry(RetailJobs.BUILD_PURCHASES, new JobWeight(2.5, 0.65)),
            Map.entry(RetailJobs.SALES_BY_DATETIME, new JobWeight(0.5, 0.07)),
            Map.entry(RetailJobs.SALES_BY_PRODUCT, new JobWeight(0.5, 0.06)),
            Map.entry(RetailJobs.SALES_BY_AGE_PRODUCT, new JobWeight(0.6, 0.07)),
            Map.entry(RetailJobs.SALES_BY_RESIDENCE, new JobWeight(0.4, 0.04)),
            Map.entry(RetailJobs.SALES_BY_CUSTOMER, new JobWeight(0.6, 0.12)),
            Map.entry(RetailJobs.AFFILIATE_OVERVIEW, new JobWeight(0.6, 0.07)),
            Map.entry(RetailJobs.BUILD_TABLE, new JobWeight(17, 1.1)),
            Map.entry(RetailJobs.PUBLISH_REPORT, new JobWeight(1, 0)),
            Map.entry(RetailJobs.VERIFY_RUN, new JobWeight(0.5, 0)));

    /** A job's; of one that was not measured, that of a mart. */
    static JobWeight of(JobDefinition job) {
        return MEASURED.getOrDefault(job, USUAL);
    }

    /** With so many purchases. */
    double secondsFor(long purchases) {
        return seconds + secondsPerMillion * purchases / MILLION;
    }
}
