package io.retaillake.common.source;

import java.io.Serializable;

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
        String secretsEndpoint)
        implements Serializable {

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
}
