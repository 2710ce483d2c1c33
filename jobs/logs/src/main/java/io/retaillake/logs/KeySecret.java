package io.retaillake.logs;

import com.macasaet.fernet.Key;
import io.retaillake.common.job.AwsFailure;
import io.retaillake.common.job.JobException;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * Keys in a secret of AWS Secrets Manager, as {@link KeyText} reads them: those of its current version, then those of the one before, which a
 * rotation leaves there.
 *
 * @param name the secret's name or ARN
 */
public record KeySecret(String name) implements KeySource {

    @Override
    public List<Key> read() {
        try (SecretsManagerClient client = SecretsManagerClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            List<Key> keys = new ArrayList<>(version(client, "AWSCURRENT"));
            try {
                keys.addAll(version(client, "AWSPREVIOUS"));
            } catch (ResourceNotFoundException e) {
                // A secret that was never changed has none.
                return keys;
            }
            return keys;
        } catch (ResourceNotFoundException e) {
            throw JobException.outsideSystem(
                    "The secret " + name + " is not there, or has no value yet."
                            + "\nPut the keys into it, one a line, the newest first: aws secretsmanager put-secret-value.",
                    e);
        } catch (SdkException e) {
            throw AwsFailure.explain("Reading the keys in the secret " + name, e, "")
                    .orElseGet(() -> JobException.outsideSystem("The secret " + name + " can't be read: " + e, e));
        }
    }

    private List<Key> version(SecretsManagerClient client, String stage) {
        String text = client.getSecretValue(request -> request.secretId(name).versionStage(stage))
                .secretString();
        if (text == null) {
            throw JobException.badArguments("The secret " + name + " holds binary data, not a text with keys.");
        }
        return KeyText.read(text, "the secret " + name + " (" + stage + ")");
    }
}
