package io.retaillake.executions;

import io.retaillake.common.command.CommandException;
import io.retaillake.common.job.Failures;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Says what AWS's refusals and failures mean, and what to do about them. */
final class AwsFailures {

    /** How the SDK's message begins when an answer is not in the service's protocol. */
    private static final String UNREADABLE = "Unable to unmarshall";

    private static final int SERVER_ERROR = 500;
    private static final Set<String> BAD_CREDENTIALS = Set.of(
            "ExpiredTokenException",
            "ExpiredToken",
            "RequestExpired",
            "UnrecognizedClientException",
            "InvalidClientTokenId",
            "InvalidSignatureException",
            "SignatureDoesNotMatch",
            "IncompleteSignature",
            "MissingAuthenticationToken",
            "MissingAuthenticationTokenException");
    private static final String RENEW = "Sign in again (aws sso login, or new access keys), or name another --profile.";

    private AwsFailures() {}

    /** What to tell the person about {@code failure} of the operation, e.g. {@code StartExecution}. */
    static CommandException explain(String operation, String endpoint, SdkException failure) {
        String message;
        if (!(failure instanceof AwsServiceException service)) {
            message = notAnswered(operation, endpoint, failure);
        } else if (service.awsErrorDetails() == null
                || service.awsErrorDetails().errorCode() == null) {
            message = answeredByAnother(operation, endpoint, service);
        } else {
            message = refused(operation, service);
        }
        int exitCode = isMissingRegion(failure) ? CommandException.BAD_ARGUMENTS : CommandException.OUTSIDE_SYSTEM;
        return new CommandException(exitCode, message, failure);
    }

    /** Whether the same call may well succeed a little later. */
    static boolean isPassing(CommandException failure) {
        return Failures.find(failure, AwsServiceException.class)
                .map(service -> service.isThrottlingException() || service.statusCode() >= SERVER_ERROR)
                .orElseGet(() -> Failures.find(failure, IOException.class).isPresent());
    }

    private static String refused(String operation, AwsServiceException failure) {
        String code = failure.awsErrorDetails().errorCode();
        String said = code + ": " + failure.awsErrorDetails().errorMessage();
        if (failure.isThrottlingException()) {
            return "AWS throttles " + operation + ", also after several attempts (" + said
                    + ")\nWait some minutes, then type the same again.";
        }
        if (code.contains("AccessDenied")) {
            return "AWS denies " + operation + " (" + said + ")\nThe role or user needs the IAM action states:"
                    + operation + " on the state machine and its executions; --profile chooses another one.";
        }
        if (BAD_CREDENTIALS.contains(code)) {
            return "AWS does not accept the credentials (" + said + ")\n" + RENEW;
        }
        if (failure.statusCode() >= SERVER_ERROR) {
            return "Step Functions failed at " + operation + " (" + said + ")\nType the same again a little later.";
        }
        return "Step Functions refuses " + operation + " (" + said + ")\nCheck --state-machine and --region.";
    }

    /** AWS names each of its errors; one without a name comes from what stands before it: a gateway, a load balancer, a proxy. */
    private static String answeredByAnother(String operation, String endpoint, AwsServiceException failure) {
        boolean passing = failure.statusCode() >= SERVER_ERROR;
        return where(endpoint) + " gave no valid answer to " + operation + " (HTTP status " + failure.statusCode()
                + ")\n"
                + (passing ? "Type the same again a little later. If it stays so, check" : "Check")
                + " --endpoint and --region, and whether a proxy stands between.";
    }

    private static String where(String endpoint) {
        return endpoint == null ? "Step Functions" : "Step Functions at " + endpoint;
    }

    private static String notAnswered(String operation, String endpoint, SdkException failure) {
        String said = String.valueOf(failure.getMessage());
        String where = where(endpoint);
        if (isMissingRegion(failure)) {
            return "no AWS region is configured\nGive --region, set AWS_REGION, or name a --profile that has one.";
        }
        Optional<IOException> network = Failures.find(failure, IOException.class);
        if (said.startsWith(UNREADABLE) || (network.isEmpty() && !isAboutCredentials(said))) {
            return where + " gave no valid answer to " + operation + " (" + firstLine(said)
                    + ")\nCheck --endpoint and --region, and whether a proxy stands between.";
        }
        if (isAboutCredentials(said)) {
            return "there are no usable AWS credentials (" + firstLine(said) + ")\n" + RENEW;
        }
        return where + " can't be reached for " + operation + " ("
                + network.get().getClass().getSimpleName() + ": "
                + firstLine(String.valueOf(network.get().getMessage()))
                + ")\nCheck --region, --endpoint and the network.";
    }

    private static boolean isMissingRegion(SdkException failure) {
        return String.valueOf(failure.getMessage()).contains("Unable to load region");
    }

    private static boolean isAboutCredentials(String message) {
        String words = message.toLowerCase(Locale.ROOT);
        return Stream.of("credentials", "profile", "sso").anyMatch(words::contains);
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
