package io.retaillake.common.run;

import io.retaillake.common.job.JobException;
import io.retaillake.common.spark.UserAppException;

/**
 * What a failed job's {@code main} throws. SparkSubmit ends with its exit code and prints no stack trace; Glue and EMR show
 * its message as the reason of the failed run.
 */
public final class FailedJobException extends UserAppException {

    private final JobException failure;

    FailedJobException(JobException failure) {
        super(failure.exitCode().code());
        this.failure = failure;
    }

    @Override
    public String getMessage() {
        return failure.getMessage();
    }

    @Override
    public synchronized Throwable getCause() {
        return failure;
    }
}
