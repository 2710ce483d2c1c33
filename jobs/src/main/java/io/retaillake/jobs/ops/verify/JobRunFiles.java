package io.retaillake.jobs.ops.verify;

import static io.retaillake.common.contract.OpsTables.JOB_RUNS;

import io.retaillake.common.lake.DataFiles;
import io.retaillake.common.lake.Lake;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;

/** The files of {@code ops.job_runs}. No job reads those of other jobs, so that one which is lost shows to nobody by itself. */
public final class JobRunFiles {

    private JobRunFiles() {}

    /**
     * Requires that they are as they were written. Opens none of them.
     *
     * @throws io.retaillake.common.job.JobException exit code 4 naming every file that is not
     */
    public static void requireIntact(Lake lake) {
        lake.find(JOB_RUNS)
                .map(Table::currentSnapshot)
                .ifPresent(current ->
                        DataFiles.requireIntact(lake, JOB_RUNS, current.snapshotId(), Expressions.alwaysTrue()));
    }
}
