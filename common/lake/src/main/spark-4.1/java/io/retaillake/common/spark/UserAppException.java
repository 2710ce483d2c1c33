package io.retaillake.common.spark;

import org.apache.spark.SparkUserAppException;

/** What SparkSubmit ends with the exit code of and prints no stack trace of. */
public abstract class UserAppException extends SparkUserAppException {

    protected UserAppException(int exitCode) {
        super(exitCode, null);
    }
}
