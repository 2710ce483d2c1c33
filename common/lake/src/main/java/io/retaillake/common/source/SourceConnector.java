package io.retaillake.common.source;

import io.retaillake.common.job.JobException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens connections to the source. The secret is fetched at the moment of connecting; if PostgreSQL refuses it, because it
 * was rotated in between, it is fetched once more.
 */
public final class SourceConnector {

    /** The driver's class, for Spark's option {@code driver}. */
    public static final String DRIVER_CLASS = "org.postgresql.Driver";

    /** SQLStates of refused credentials: invalid password, invalid authorization. */
    private static final Set<String> CREDENTIALS_REFUSED = Set.of("28P01", "28000");

    /** SQLState of a password that is not, or no longer, right. */
    private static final Set<String> PASSWORD_REFUSED = Set.of("28P01");

    /** SQLStates that pass: no connection left, starting or stopping, unreachable, or a rotation that is under way. */
    private static final Set<String> TRANSIENT = Set.of("53300", "57P03", "08001", "08006", "28P01", "28000");

    private static final int MOST_ATTEMPTS = 5;

    /** Before 12, a double's text is not its shortest one, by which source and bronze are compared. */
    private static final int OLDEST_MAJOR_VERSION = 12;

    private static final Logger LOG = LoggerFactory.getLogger(SourceConnector.class);

    private final SourceSettings settings;

    public SourceConnector(SourceSettings settings) {
        this.settings = settings;
    }

    /**
     * Opens a connection. Where the password is refused that is in Secrets Manager, tries again for up to 15 seconds: a
     * rotation changes it in the database first.
     *
     * @throws JobException exit code 4 when the server can't be reached, refuses or is too old, with what to check
     */
    public Connection connect() {
        return SecretStore.rotates(settings) ? connect(PASSWORD_REFUSED) : connectOnce();
    }

    /**
     * Opens a connection where there was one before, so that a refusal may pass: tries again for up to 15 seconds.
     *
     * @throws JobException as {@link #connect} does
     */
    public Connection reconnect() {
        return connect(TRANSIENT);
    }

    private Connection connect(Set<String> passingStates) {
        for (int attempt = 1; ; attempt++) {
            try {
                return connectOnce();
            } catch (JobException e) {
                if (attempt == MOST_ATTEMPTS || !hasState(e, passingStates)) {
                    throw e;
                }
                int seconds = 1 << (attempt - 1);
                LOG.warn(
                        "Attempt {} of {} to connect to the source failed, the next is in {} s: {}",
                        attempt,
                        MOST_ATTEMPTS,
                        seconds,
                        e.getCause().getMessage());
                pause(seconds, e);
            }
        }
    }

    private Connection connectOnce() {
        SourceSecret secret = SecretStore.fetch(settings);
        Connection connection;
        try {
            connection = open(secret);
        } catch (SQLException e) {
            throw explain(e, secret);
        }
        try {
            requireSupportedVersion(connection.getMetaData(), secret);
            return connection;
        } catch (SQLException | RuntimeException e) {
            try {
                connection.close();
            } catch (SQLException closing) {
                e.addSuppressed(closing);
            }
            throw e instanceof RuntimeException failure ? failure : explain((SQLException) e, secret);
        }
    }

    private static void requireSupportedVersion(DatabaseMetaData server, SourceSecret secret) throws SQLException {
        if (server.getDatabaseMajorVersion() < OLDEST_MAJOR_VERSION) {
            throw tooOld(secret, server.getDatabaseProductVersion());
        }
    }

    private static boolean hasState(JobException e, Set<String> states) {
        return e.getCause() instanceof SQLException sql && states.contains(String.valueOf(sql.getSQLState()));
    }

    private static void pause(int seconds, JobException refusal) {
        try {
            TimeUnit.SECONDS.sleep(seconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refusal;
        }
    }

    /**
     * The secret as it is now, for who needs more than a connection.
     *
     * @throws JobException exit code 4 when it can't be fetched, 2 when it isn't what a connection needs
     */
    public SourceSecret secret() {
        return SecretStore.fetch(settings);
    }

    private Connection open(SourceSecret secret) throws SQLException {
        try {
            return open(driver(), secret);
        } catch (SQLException e) {
            if (!CREDENTIALS_REFUSED.contains(e.getSQLState())) {
                throw e;
            }
            LOG.info("The source refused the credentials of {}; fetching the secret once more", secret.username());
            return open(driver(), SecretStore.fetch(settings));
        }
    }

    private Connection open(Driver driver, SourceSecret secret) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", secret.username());
        properties.setProperty("password", secret.password());
        properties.setProperty("sslmode", settings.sslMode().parameter());
        String rootCertificate = rootCertificate(secret.host());
        if (rootCertificate != null) {
            properties.setProperty("sslrootcert", rootCertificate);
        }
        properties.setProperty("ApplicationName", "retail-lakehouse");
        properties.setProperty("connectTimeout", "15");
        properties.setProperty("loginTimeout", "30");
        properties.setProperty("tcpKeepAlive", "true");
        // Every execution of a statement in a big read is its first.
        properties.setProperty("prepareThreshold", "0");
        return driver.connect(url(secret), properties);
    }

    /** The file of authorities to trust; null for the driver's default. */
    private String rootCertificate(String host) {
        String named = settings.sslRootCertificate();
        boolean amazons = named == null ? RdsAuthorities.cover(host) : named.equals(RdsAuthorities.NAME);
        return amazons ? RdsAuthorities.file().toString() : named;
    }

    /** The driver by its name, which the job jar relocates; DriverManager might find the one that Glue brings. */
    private static Driver driver() {
        try {
            return Class.forName(DRIVER_CLASS)
                    .asSubclass(Driver.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw JobException.defect("The job jar has no PostgreSQL driver " + DRIVER_CLASS, e);
        }
    }

    private static String url(SourceSecret secret) {
        return "jdbc:postgresql://" + secret.host() + ":" + secret.port() + "/"
                + URLEncoder.encode(secret.database(), StandardCharsets.UTF_8);
    }

    private static JobException tooOld(SourceSecret secret, String version) {
        return JobException.outsideSystem(
                "The source " + secret + " is PostgreSQL " + version + "; the jobs need PostgreSQL "
                        + OLDEST_MAJOR_VERSION + " or newer, because older ones write amounts with other digits."
                        + "\nUpgrade the server, or name another one in the secret or by --source-host.",
                null);
    }

    private JobException explain(SQLException e, SourceSecret secret) {
        Optional<String> network = NetworkFailure.explain(e, secret);
        if (network.isPresent()) {
            return JobException.outsideSystem("Can't connect to PostgreSQL as " + secret + ". " + network.get(), e);
        }
        String advice = TlsFailure.explain(e, settings, secret.host(), rootCertificate(secret.host()))
                .orElseGet(() -> advice(e));
        return JobException.outsideSystem(
                "Can't connect to PostgreSQL as " + secret + ": " + e.getMessage() + "\n" + advice, e);
    }

    private String advice(SQLException e) {
        return switch (String.valueOf(e.getSQLState())) {
            case "28P01", "28000" ->
                "Check username and password in the secret " + settings.secret() + ", and the server's pg_hba.conf.";
            case "3D000" -> "Check dbname in the secret, or give --source-database.";
            case "53300" ->
                "The server or this role has no connection left. Lower --read-parallelism, or raise max_connections"
                        + " or the role's CONNECTION LIMIT.";
            case "57P03" -> "The server is starting or stopping. Repeat the run with the same --run-id when it is up.";
            case "08001" -> "Check host and port, that the server runs, and that security groups let this machine in.";
            default ->
                "Check the server, and --ssl-mode (now " + settings.sslMode().parameter()
                        + ") and --ssl-root-cert where it is about TLS.";
        };
    }
}
