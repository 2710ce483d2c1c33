package io.retaillake.events.send;

import io.retaillake.common.job.Failures;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Why a call was refused as a whole.
 *
 * @param code as the service names it; where none answered, what stood in the way
 * @param isPassing whether the same call may succeed a little later
 * @param message what was said; empty where it could repeat what was sent
 * @param advice what the person can do
 */
record PutFailure(String code, boolean isPassing, String message, String advice) {

    /** For what is refused because too much comes. */
    static final String SEND_MORE_SLOWLY =
            "Send more slowly (--rate, --batch-pause), or give the stream more capacity.";

    /** How the SDK's message begins when an answer is not in the service's protocol. */
    private static final String UNREADABLE = "Unable to unmarshall";

    /** Of the SDK's list of all places without credentials, the beginning says enough. */
    private static final int LONGEST_MESSAGE = 250;

    private static final int SERVER_ERROR = 500;

    /**
     * The failure as one that a person can act on.
     *
     * @param action the call's name in IAM
     */
    static PutFailure of(SdkException failure, String action) {
        if (failure instanceof AwsServiceException service) {
            return refused(service, action);
        }
        String message = String.valueOf(failure.getMessage());
        if (message.startsWith(UNREADABLE)) {
            return noValidAnswer(message);
        }
        Optional<IOException> network = Failures.find(failure, IOException.class);
        if (network.isPresent()) {
            String code = network.get().getClass().getSimpleName();
            return new PutFailure(code, true, message, "Check --region, --endpoint-url and the network.");
        }
        boolean isAboutCredentials = message.toLowerCase(Locale.ROOT).contains("credentials");
        return new PutFailure(
                failure.getClass().getSimpleName(),
                false,
                message,
                isAboutCredentials
                        ? "Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the machine a role."
                        : "Check --region and --endpoint-url.");
    }

    /** What was sent may have been taken, so sending it again would have it there twice. */
    static PutFailure noValidAnswer(String message) {
        return new PutFailure(
                "NoValidAnswer",
                false,
                message,
                "Check --endpoint-url, and whether a proxy stands between. These events may be there or not.");
    }

    private static PutFailure refused(AwsServiceException failure, String action) {
        Optional<AwsErrorDetails> details = Optional.ofNullable(failure.awsErrorDetails());
        String code = details.map(AwsErrorDetails::errorCode).orElse("HTTP status " + failure.statusCode());
        boolean isPassing =
                failure.isThrottlingException() || code.contains("Throttling") || failure.statusCode() >= SERVER_ERROR;
        String message = details.map(AwsErrorDetails::errorMessage).orElse("");
        return new PutFailure(
                code,
                isPassing,
                repeatsWhatWasSent(code) ? "" : message,
                isPassing ? SEND_MORE_SLOWLY : advice(code, action));
    }

    /** Messages of such errors quote the value that they are about. */
    private static boolean repeatsWhatWasSent(String code) {
        return Stream.of("Validation", "Serialization", "InvalidArgument").anyMatch(code::contains);
    }

    private static String advice(String code, String action) {
        if (code.equals("ResourceNotFoundException")) {
            return "Check the name, --region, and whose credentials these are.";
        }
        if (code.contains("AccessDenied")) {
            return "The role or user needs " + action + ".";
        }
        return "Check the credentials, --region and --endpoint-url.";
    }

    /** The message's beginning and the advice, as lines. */
    String explanation() {
        String line = message.lines().findFirst().orElse("");
        String shown = line.length() > LONGEST_MESSAGE ? line.substring(0, LONGEST_MESSAGE) + " ..." : line;
        return shown.isEmpty() ? advice : shown + "\n" + advice;
    }
}
