package io.retaillake.local;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Option;

/** The options that name a database of the person's own, handed to the extraction jobs as they are. */
public final class OwnSource {

    /** Without it no database is named. */
    public static final String SECRET = "--secret";

    @Option(names = SECRET, paramLabel = "ID|file:PATH", description = "secret with user name and password")
    private String secret;

    @Option(names = "--source-host", paramLabel = "HOST", description = "overrides the secret's host")
    private String host;

    @Option(names = "--source-port", paramLabel = "PORT", description = "overrides the secret's port")
    private String port;

    @Option(names = "--source-database", paramLabel = "NAME", description = "overrides the secret's dbname")
    private String database;

    @Option(names = "--source-schema", paramLabel = "NAME", description = "schema of the tables (default: retail)")
    private String schema;

    @Option(
            names = "--ssl-mode",
            paramLabel = "MODE",
            description = "TLS, as PostgreSQL names it (default: verify-full)")
    private String sslMode;

    @Option(names = "--ssl-root-cert", paramLabel = "FILE", description = "PEM file with the authorities to trust")
    private String sslRootCertificate;

    @Option(names = "--aws-region", paramLabel = "REGION", description = "region of the secret in Secrets Manager")
    private String awsRegion;

    /** What was given, by the options' names. */
    public Map<String, String> given() {
        Map<String, String> given = new LinkedHashMap<>();
        given.put(SECRET, secret);
        given.put("--source-host", host);
        given.put("--source-port", port);
        given.put("--source-database", database);
        given.put("--source-schema", schema);
        given.put("--ssl-mode", sslMode);
        given.put("--ssl-root-cert", sslRootCertificate);
        given.put("--aws-region", awsRegion);
        given.values().removeIf(Objects::isNull);
        return given;
    }

    /** What was given, as options again. */
    public List<String> options() {
        List<String> options = new ArrayList<>();
        given().forEach((name, value) -> options.addAll(List.of(name, value)));
        return options;
    }
}
