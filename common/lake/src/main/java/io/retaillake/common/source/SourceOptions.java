package io.retaillake.common.source;

import io.retaillake.common.command.HttpUrl;
import io.retaillake.common.job.Problems;
import io.retaillake.common.job.UrlCredentials;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The options that say where the source is and how to reach it. */
public final class SourceOptions {

    private static final int HIGHEST_PORT = 65_535;

    @Option(
            names = "--secret",
            required = true,
            paramLabel = "<secret>",
            description = "Id or ARN of the source's secret in AWS Secrets Manager, or file:<path>; a JSON object with "
                    + "username, password, host, port, dbname.")
    private String secret;

    @Option(names = "--source-host", paramLabel = "<host>", description = "Overrides the secret's host.")
    private String host;

    @Option(names = "--source-port", paramLabel = "<port>", description = "Overrides the secret's port.")
    private Integer port;

    @Option(names = "--source-database", paramLabel = "<name>", description = "Overrides the secret's dbname.")
    private String database;

    @Option(
            names = "--source-schema",
            paramLabel = "<name>",
            description = "Schema of the source's tables; default ${DEFAULT-VALUE}.")
    private String schema = "retail";

    @Option(
            names = "--ssl-mode",
            paramLabel = "<mode>",
            description = "TLS: disable, prefer, require, verify-ca or verify-full; default ${DEFAULT-VALUE}.")
    private String sslMode = "verify-full";

    @Option(
            names = "--ssl-root-cert",
            paramLabel = "<file>",
            description =
                    "PEM file with the authorities to trust, on every machine; or rds: Amazon RDS's, which the jar "
                            + "brings. Default: rds for Amazon's hosts, else the driver's (~/.postgresql/root.crt).")
    private String sslRootCertificate;

    @Option(
            names = "--aws-region",
            paramLabel = "<region>",
            description = "Region of Secrets Manager; default: the secret's ARN's, else the environment's.")
    private String awsRegion;

    @Option(names = "--secrets-endpoint", paramLabel = "<url>", description = "URL of Secrets Manager; default AWS's.")
    private String secretsEndpoint;

    /** The settings that these options describe, or null after adding to {@code problems} what is wrong with them. */
    public SourceSettings settings(Problems problems) {
        int before = problems.messages().size();
        Optional<SslMode> mode = SslMode.parse(sslMode);
        if (mode.isEmpty()) {
            problems.add("--ssl-mode is '" + sslMode + "'; allowed: "
                    + Arrays.stream(SslMode.values()).map(SslMode::parameter).collect(Collectors.joining(", ")));
        }
        if (port != null && (port < 1 || port > HIGHEST_PORT)) {
            problems.add("--source-port is " + port + "; allowed: 1 to " + HIGHEST_PORT);
        }
        if (secret != null && secret.isBlank()) {
            problems.add("--secret is empty; allowed: a secret's id or ARN, or file:<path>");
        }
        if (secret != null
                && !secret.startsWith("file:")
                && (secret.strip().startsWith("{") || secret.contains("://"))) {
            problems.add("--secret holds credentials or an address, which logs would repeat;"
                    + " allowed: a secret's id or ARN, or file:<path>");
        }
        if (schema.isBlank()) {
            problems.add("--source-schema is empty; allowed: a schema's name");
        }
        if (sslRootCertificate != null
                && !sslRootCertificate.equals(RdsAuthorities.NAME)
                && !Files.isReadable(Path.of(sslRootCertificate))) {
            problems.add(
                    "--ssl-root-cert is '" + sslRootCertificate + "', which can't be read; allowed: a PEM file, or "
                            + RdsAuthorities.NAME + " for Amazon RDS's authorities");
        }
        if (secretsEndpoint != null && UrlCredentials.areIn(secretsEndpoint)) {
            problems.add(UrlCredentials.problem("--secrets-endpoint"));
        } else if (secretsEndpoint != null && HttpUrl.parse(secretsEndpoint).isEmpty()) {
            problems.add("--secrets-endpoint is '" + secretsEndpoint + "'; allowed: a URL");
        }
        return problems.messages().size() > before
                ? null
                : new SourceSettings(
                        secret,
                        host,
                        port,
                        database,
                        schema,
                        mode.orElseThrow(),
                        sslRootCertificate,
                        awsRegion,
                        secretsEndpoint);
    }
}
