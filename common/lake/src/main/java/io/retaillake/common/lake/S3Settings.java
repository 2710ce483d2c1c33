package io.retaillake.common.lake;

import io.retaillake.common.command.HttpUrl;
import io.retaillake.common.job.JobException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * How {@code s3://} is reached: by Hadoop's S3A, under the scheme's own name, because a table whose metadata says {@code
 * s3a://} can't be read by Athena. What Spark's configuration or the platform has set is left: Glue 5.1 and EMR from 7.10 on
 * serve {@code s3://} by S3A themselves and tune it, and an older EMR's EMRFS reads and writes the same names. The rest
 * comes from the environment variables that AWS's own tools read, so that no setting, and no key, has to be on a command
 * line.
 */
final class S3Settings {

    private static final String IMPLEMENTATION = "fs.s3.impl";
    private static final String ENDPOINT = "fs.s3a.endpoint";
    private static final String REGION = "fs.s3a.endpoint.region";
    private static final String PATH_STYLE = "fs.s3a.path.style.access";
    private static final String ATTEMPTS = "fs.s3a.attempts.maximum";
    private static final String FOLDER_MARKERS = "fs.s3a.directory.marker.retention";
    private static final String CREDENTIALS = "fs.s3a.aws.credentials.provider";

    /** The chain of the SDK that S3A before Hadoop 3.4 has. */
    private static final String SDK_CHAIN = "com.amazonaws.auth.DefaultAWSCredentialsProviderChain";

    private static final String HADOOPS_DEFAULTS = "core-default.xml";

    /** What Spark sets where nobody has chosen an endpoint. */
    private static final String SPARKS_DEFAULT = "s3.amazonaws.com";

    private S3Settings() {}

    /**
     * The settings that {@code hadoop} lacks, for a Spark session.
     *
     * @throws JobException exit code 2 when the environment names an endpoint that is no URL
     */
    static SortedMap<String, String> missing(Configuration hadoop, Map<String, String> environment) {
        SortedMap<String, String> missing = new TreeMap<>();
        if (!isSet(hadoop, IMPLEMENTATION)) {
            missing.put(IMPLEMENTATION, "org.apache.hadoop.fs.s3a.S3AFileSystem");
            if (!isSet(hadoop, ATTEMPTS)) {
                // S3A repeats on top of these; with Hadoop's 20 a wrong address is reported after half an hour.
                missing.put(ATTEMPTS, "5");
            }
            if (!isSet(hadoop, FOLDER_MARKERS)) {
                // Hadoop's default before 3.4 asks, after each file, to delete every folder above it, the bucket's own
                // ones too, which no role lets a job do.
                missing.put(FOLDER_MARKERS, "keep");
            }
            if (!isSet(hadoop, CREDENTIALS) && hadoop.getResource(SDK_CHAIN.replace('.', '/') + ".class") != null) {
                // Hadoop's own chain knows no profile (AWS_PROFILE) and no web identity.
                missing.put(
                        CREDENTIALS,
                        "org.apache.hadoop.fs.s3a.TemporaryAWSCredentialsProvider,"
                                + "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider," + SDK_CHAIN);
            }
        }
        if (!isSet(hadoop, REGION)) {
            first(environment, "AWS_REGION", "AWS_DEFAULT_REGION").ifPresent(region -> missing.put(REGION, region));
        }
        // Spark itself takes the general variable into this setting.
        boolean endpointIsChosen = isSet(hadoop, ENDPOINT)
                && !List.of(SPARKS_DEFAULT, environment.getOrDefault("AWS_ENDPOINT_URL", ""))
                        .contains(hadoop.get(ENDPOINT));
        if (!endpointIsChosen) {
            first(environment, "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
                    .map(S3Settings::requireUrl)
                    .or(() -> Optional.ofNullable(missing.getOrDefault(REGION, hadoop.get(REGION)))
                            .filter(region -> !region.isBlank() && missing.containsKey(IMPLEMENTATION))
                            .map(S3Settings::endpoint))
                    .ifPresent(url -> missing.put(ENDPOINT, url));
        }
        String endpoint = missing.getOrDefault(ENDPOINT, endpointIsChosen ? hadoop.get(ENDPOINT) : "");
        if (!isSet(hadoop, PATH_STYLE) && !endpoint.isBlank() && !isAmazons(endpoint)) {
            // Buckets as host names need a DNS entry each, which only AWS has.
            missing.put(PATH_STYLE, "true");
        }
        return missing;
    }

    /** The value is not repeated: it may hold a password. */
    private static String requireUrl(String endpoint) {
        if (endpoint.contains("://") && HttpUrl.parse(endpoint).isEmpty()) {
            throw JobException.badArguments(
                    "The environment variable AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL is no URL of"
                            + " http or https with a host and without a user."
                            + "\nWrite it like http://127.0.0.1:9000, or unset it to use AWS's own S3.");
        }
        return endpoint;
    }

    private static boolean isSet(Configuration hadoop, String name) {
        String[] sources = hadoop.getPropertySources(name);
        return hadoop.get(name) != null && (sources == null || !HADOOPS_DEFAULTS.equals(sources[sources.length - 1]));
    }

    private static String endpoint(String region) {
        return "s3." + region + (region.startsWith("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com");
    }

    private static Optional<String> first(Map<String, String> environment, String... names) {
        return Stream.of(names)
                .map(environment::get)
                .filter(value -> value != null && !value.isBlank())
                .findFirst();
    }

    private static boolean isAmazons(String endpoint) {
        String host = endpoint.contains("://") ? URI.create(endpoint).getHost() : endpoint;
        return host != null && (host.endsWith(".amazonaws.com") || host.endsWith(".amazonaws.com.cn"));
    }
}
