package io.retaillake.logs.lambda;

import io.retaillake.common.command.HttpUrl;
import io.retaillake.common.job.JobException;
import io.retaillake.common.job.Problems;
import io.retaillake.logs.LogStores;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the function's environment says. It has no key: only where the keys are.
 *
 * @param url {@value #URL}: what answers with the newest records
 * @param logs {@value #LOCATION}: the bucket and prefix in which the log is kept
 * @param keySecret {@value #KEY_SECRET}: the ARN of the secret with the tokens' keys
 */
public record FunctionSettings(URI url, String logs, String keySecret) {

    static final String URL = "LOGS_URL";
    static final String LOCATION = "LOGS_LOCATION";
    static final String KEY_SECRET = "LOGS_KEY_SECRET";

    private static final Pattern SECRET_ARN = Pattern.compile("arn:[a-z-]+:secretsmanager:[a-z0-9-]+:\\d+:secret:\\S+");

    /**
     * The settings.
     *
     * @throws JobException exit code 2 with all that is missing or wrong. What may be a secret put into the wrong place is not shown.
     */
    public static FunctionSettings of(Map<String, String> environment) {
        Problems problems = new Problems();
        Optional<URI> url = HttpUrl.parse(environment.getOrDefault(URL, ""));
        if (url.isEmpty()) {
            problems.add(missingOrNot(environment, URL, "a URL of http or https with a host and without a user"));
        }
        String logs = environment.getOrDefault(LOCATION, "");
        if (!LogStores.isBucketLocation(logs)) {
            problems.add(missingOrNot(environment, LOCATION, "s3://bucket/prefix"));
        }
        String keySecret = environment.getOrDefault(KEY_SECRET, "");
        if (!SECRET_ARN.matcher(keySecret).matches()) {
            problems.add(missingOrNot(environment, KEY_SECRET, "the ARN of a secret of Secrets Manager"));
        }
        problems.throwIfAny("The function's environment can't be used:");
        return new FunctionSettings(url.orElseThrow(), logs, keySecret);
    }

    private static String missingOrNot(Map<String, String> environment, String name, String allowed) {
        boolean isMissing = environment.getOrDefault(name, "").isEmpty();
        return name + (isMissing ? " is missing; allowed: " : " is something else than ") + allowed;
    }
}
