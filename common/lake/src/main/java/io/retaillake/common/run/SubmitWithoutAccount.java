package io.retaillake.common.run;

import org.apache.hadoop.security.UserGroupInformation;
import org.apache.spark.deploy.SparkSubmit;

/**
 * Starts Spark's {@code SparkSubmit} where the process's user id has no entry among the machine's accounts, as in many containers:
 * Hadoop would look the user's name up there and fail. It takes {@code user.name} instead.
 */
public final class SubmitWithoutAccount {

    private SubmitWithoutAccount() {}

    public static void main(String[] arguments) {
        UserGroupInformation.setLoginUser(UserGroupInformation.createRemoteUser(System.getProperty("user.name")));
        SparkSubmit.main(arguments);
    }
}
