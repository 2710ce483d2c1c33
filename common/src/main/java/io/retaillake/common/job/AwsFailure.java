package io.retaillake.common.job;

import java.util.Locale;
import java.util.Optional;

/**
 * Tells what to do about a refusal of an AWS service. Its SDK is recognised by name: the catalog's and the job jar's own are
 * different classes, and elsewhere there is none.
 */
final class AwsFailure {

    private static final String SDK_PACKAGE = ".awssdk.";

    private AwsFailure() {}

    /** The failure as one that a person can act on; none where no AWS service is among its causes. */
    static Optional<JobException> explain(String job, Throwable failure, String repeat) {
        return Failures.causes(failure)
                .filter(cause -> cause.getClass().getName().contains(SDK_PACKAGE))
                .reduce((outer, inner) -> inner)
                .map(cause -> JobException.outsideSystem(
                        job + " was refused by an AWS service: " + cause.getMessage() + "\n"
                                + advice(String.valueOf(cause.getMessage())) + repeat,
                        failure));
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
            return "No AWS credentials were found. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (and AWS_SESSION_TOKEN) in"
                    + " the environment, or give the machine a role.";
        }
        if (text.contains("region")) {
            return "Set AWS_REGION.";
        }
        return "Check the AWS credentials, AWS_REGION, and that the network reaches the service.";
    }
}
