package io.retaillake.common.job;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells what to do where an AWS service refuses or does not answer. Its SDK is recognised by name: the catalog's and the job
 * jar's own are different classes, S3A's before Hadoop 3.4 is the one before them, and elsewhere there is none.
 */
public final class AwsFailure {

    private static final String SDK_PACKAGE = ".awssdk.";
    private static final String S3_SDK_PACKAGE = "com.amazonaws.";

    private AwsFailure() {}

    /** The failure as one that a person can act on; none where no AWS service is among its causes. */
    public static Optional<JobException> explain(String job, Throwable failure, String repeat) {
        return Failures.causes(failure)
                .filter(cause -> isOfSdk(cause.getClass().getName()))
                .reduce((outer, inner) -> inner)
                .map(cause -> JobException.outsideSystem(
                        job + (isConnection(failure) ? " could not reach " : " was refused by ") + service(cause) + ": "
                                + cause.getMessage() + "\n" + advice(String.valueOf(cause.getMessage())) + repeat,
                        failure));
    }

    private static boolean isOfSdk(String className) {
        return className.contains(SDK_PACKAGE) || className.startsWith(S3_SDK_PACKAGE);
    }

    /** Only S3A has the older SDK. */
    private static String service(Throwable cause) {
        return cause.getClass().getName().startsWith(S3_SDK_PACKAGE) ? "S3" : "an AWS service";
    }

    /** Whether it failed below the service: the network, a name, an end of a connection. */
    private static boolean isConnection(Throwable failure) {
        return Failures.causes(failure)
                .reduce((outer, inner) -> inner)
                .filter(IOException.class::isInstance)
                .isPresent();
    }

    private static String advice(String message) {
        String text = message.toLowerCase(Locale.ROOT);
        if (text.contains("expired")) {
            return "Renew the AWS credentials.";
        }
        if (text.contains("not authorized") || text.contains("access denied")) {
            return "Let the job's role do what the message names.";
        }
        if (text.contains("rate exceeded") || text.contains("throttl")) {
            return "Too many requests at once; run fewer jobs side by side, or ask for a higher quota.";
        }
        if (text.contains("unable to load credentials")) {
            return "No AWS credentials were found. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (and AWS_SESSION_TOKEN) or"
                    + " AWS_PROFILE in the environment, or give the machine a role.";
        }
        if (text.contains("region")) {
            return "Set AWS_REGION.";
        }
        return "Check the AWS credentials, AWS_REGION (for another server than AWS's AWS_ENDPOINT_URL_S3), and that the network"
                + " reaches the service.";
    }
}
