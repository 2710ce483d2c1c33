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
 * @param message what was said, with its line end; empty where it could repeat what was sent
 */
record PutFailure(String code, boolean isPassing, String message) {

    private static final int SERVER_ERROR = 500;

    static PutFailure of(SdkException failure) {
        if (failure instanceof AwsServiceException service) {
            Optional<AwsErrorDetails> details = Optional.ofNullable(service.awsErrorDetails());
            String code = details.map(AwsErrorDetails::errorCode).orElse("HTTP status " + service.statusCode());
            boolean isPassing = service.isThrottlingException()
                    || code.contains("Throttling")
                    || service.statusCode() >= SERVER_ERROR;
            String said = details.map(AwsErrorDetails::errorMessage).orElse("");
            return new PutFailure(code, isPassing, repeatsWhatWasSent(code) ? "" : line(said));
        }
        Optional<IOException> network = Failures.find(failure, IOException.class);
        String code = network.<Exception>map(cause -> cause)
                .orElse(failure)
                .getClass()
                .getSimpleName();
        return new PutFailure(code, network.isPresent(), line(String.valueOf(failure.getMessage())));
    }

    /** Such messages quote the value that they are about. */
    private static boolean repeatsWhatWasSent(String code) {
        return Stream.of("Validation", "Serialization", "InvalidArgument").anyMatch(code::contains);
    }

    private static String line(String said) {
        return said.isEmpty() ? "" : said.lines().findFirst().orElse("") + "\n";
    }

    /** What the person can do about a failure that does not pass by itself. */
    String advice(String action) {
        if (code.equals("ResourceNotFoundException")) {
            return "Check the name, --region, and whose credentials these are.";
        }
        if (code.contains("AccessDenied")) {
            return "The role or user needs " + action + ".";
        }
        if (message.toLowerCase(Locale.ROOT).contains("credentials")) {
            return "Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the machine a role.";
        }
        return "Check the credentials, --region and --endpoint-url.";
    }
}
