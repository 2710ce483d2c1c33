package io.retaillake.common.source;

import io.retaillake.common.job.JobException;
import io.retaillake.common.secret.SecretFileReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

/** Fetches secrets from AWS Secrets Manager or, for {@code file:<path>}, from a file with the same JSON. */
final class SecretStore {

    private static final String FILE = "file:";
    private static final Pattern ARN = Pattern.compile("arn:[^:]+:secretsmanager:[^:]+:.*");
    private static final int REGION_IN_ARN = 3;

    private SecretStore() {}

    /**
     * The secret as it is now.
     *
     * @throws JobException exit code 4 when it can't be fetched, 2 when it isn't what a connection needs
     */
    static SourceSecret fetch(SourceSettings settings) {
        String json = settings.secret().startsWith(FILE) ? fromFile(settings) : fromSecretsManager(settings);
        return SourceSecret.parse(json, settings);
    }

    /** Whether the secret is where a service, and no person, may change it together with the database. */
    static boolean rotates(SourceSettings settings) {
        return !settings.secret().startsWith(FILE);
    }

    private static String fromFile(SourceSettings settings) {
        Path file = Path.of(settings.secret().substring(FILE.length()));
        try {
            return SecretFileReader.read(file);
        } catch (IOException e) {
            throw JobException.outsideSystem(
                    "The secret " + settings.secret() + " can't be read: " + e
                            + "\nCheck the path of --secret, and that the file is there on every machine.",
                    e);
        }
    }

    private static String fromSecretsManager(SourceSettings settings) {
        String secret = settings.secret();
        try (SecretsManagerClient client = client(settings)) {
            String json =
                    client.getSecretValue(request -> request.secretId(secret)).secretString();
            if (json == null) {
                throw JobException.badArguments("The secret " + secret + " holds binary data, not a JSON text.");
            }
            return json;
        } catch (SecretsManagerException e) {
            if (e.awsErrorDetails() == null || e.awsErrorDetails().errorCode() == null) {
                throw JobException.outsideSystem(
                        "Secrets Manager gave no valid answer for the secret " + secret + " (HTTP status "
                                + e.statusCode()
                                + ").\nCheck --aws-region and --secrets-endpoint, and whether a proxy stands between.",
                        e);
            }
            throw JobException.outsideSystem(
                    "Secrets Manager does not hand out the secret " + secret + ": "
                            + e.awsErrorDetails().errorCode() + ": "
                            + e.awsErrorDetails().errorMessage()
                            + "\n" + advice(e.awsErrorDetails().errorCode()),
                    e);
        } catch (SdkException e) {
            throw JobException.outsideSystem(
                    "Secrets Manager can't be reached for the secret " + secret + ": " + e.getMessage()
                            + "\nCheck --aws-region, the AWS credentials, and that the network has an endpoint for Secrets Manager."
                            + " For a secret in a file, give --secret file:<path>.",
                    e);
        }
    }

    private static String advice(String errorCode) {
        return switch (String.valueOf(errorCode)) {
            case "ExpiredTokenException", "ExpiredToken" -> "Renew the AWS credentials.";
            case "ThrottlingException" -> "Too many connections are opened at once. Lower --read-parallelism.";
            case "ResourceNotFoundException" -> "Check --secret and --aws-region.";
            default ->
                "Check --secret and --aws-region, and that the job's role has secretsmanager:GetSecretValue on it.";
        };
    }

    private static SecretsManagerClient client(SourceSettings settings) {
        SecretsManagerClientBuilder builder =
                SecretsManagerClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder());
        if (settings.secretsEndpoint() != null) {
            builder.endpointOverride(URI.create(settings.secretsEndpoint()));
        }
        if (settings.awsRegion() != null) {
            builder.region(Region.of(settings.awsRegion()));
        } else if (ARN.matcher(settings.secret()).matches()) {
            builder.region(Region.of(settings.secret().split(":", -1)[REGION_IN_ARN]));
        }
        return builder.build();
    }
}
