package io.retaillake.common.source;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Where the source is and how to reach it. It holds no credentials, only the name of the secret that does, so it may be
 * logged and sent to executors.
 *
 * @param secret id or ARN of a secret in AWS Secrets Manager, or {@code file:<path>}
 * @param host overrides the secret's host; null keeps it
 * @param port overrides the secret's port; null keeps it
 * @param database overrides the secret's dbname; null keeps it
 * @param schema schema of the source's tables
 * @param sslMode how connections use TLS
 * @param sslRootCertificate file with the authorities to trust; {@link RdsAuthorities#NAME} for those in the jar; null for
 *     these where the host is Amazon's, else the driver's default
 * @param awsRegion region of Secrets Manager; null for the one that the environment names
 * @param secretsEndpoint URL of Secrets Manager; null for AWS's
 */
public record SourceSettings(
        String secret,
        String host,
        Integer port,
        String database,
        String schema,
        SslMode sslMode,
        String sslRootCertificate,
        String awsRegion,
        String secretsEndpoint) {

    private static final String PREFIX = "retail-lake.source.";

    /** The settings as text; {@link #fromOptions} reads them on executors. */
    public Map<String, String> toOptions() {
        Map<String, String> options = new TreeMap<>();
        options.put(PREFIX + "secret", secret);
        options.put(PREFIX + "schema", schema);
        options.put(PREFIX + "ssl-mode", sslMode.parameter());
        Stream.of(
                        Map.entry("host", Optional.ofNullable(host)),
                        Map.entry("port", Optional.ofNullable(port).map(String::valueOf)),
                        Map.entry("database", Optional.ofNullable(database)),
                        Map.entry("ssl-root-cert", Optional.ofNullable(sslRootCertificate)),
                        Map.entry("aws-region", Optional.ofNullable(awsRegion)),
                        Map.entry("secrets-endpoint", Optional.ofNullable(secretsEndpoint)))
                .forEach(entry -> entry.getValue().ifPresent(value -> options.put(PREFIX + entry.getKey(), value)));
        return options;
    }

    /** The same database by another secret, which need not name the database again. */
    public SourceSettings withSecret(String otherSecret, SourceSecret complete) {
        return new SourceSettings(
                otherSecret,
                complete.host(),
                complete.port(),
                complete.database(),
                schema,
                sslMode,
                sslRootCertificate,
                awsRegion,
                secretsEndpoint);
    }

    /** The settings that {@link #toOptions} made {@code options} of. */
    static SourceSettings fromOptions(Map<String, String> options) {
        String port = options.get(PREFIX + "port");
        return new SourceSettings(
                options.get(PREFIX + "secret"),
                options.get(PREFIX + "host"),
                port == null ? null : Integer.valueOf(port),
                options.get(PREFIX + "database"),
                options.get(PREFIX + "schema"),
                SslMode.parse(options.get(PREFIX + "ssl-mode")).orElseThrow(),
                options.get(PREFIX + "ssl-root-cert"),
                options.get(PREFIX + "aws-region"),
                options.get(PREFIX + "secrets-endpoint"));
    }
}
