package io.retaillake.jobs.ops.preflight;

import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.ExitCode;
import io.retaillake.common.job.JobException;
import io.retaillake.common.source.FreeConnections;
import io.retaillake.common.source.SchemaComparison;
import io.retaillake.common.source.SourceCatalog;
import io.retaillake.common.source.SourceConnector;
import io.retaillake.common.source.SourceRelation;
import io.retaillake.common.source.SourceSecret;
import io.retaillake.common.source.SourceSettings;
import io.retaillake.common.source.SslMode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What an extraction would meet at the source. Reads catalogs only, and takes a lock that no reader or writer notices. */
final class SourceFindings {

    private static final long BYTES_PER_MIB = 1024 * 1024;

    private final SourceSettings settings;
    private final SourceConnector connector;
    private final int readParallelism;
    private final Findings findings;

    SourceFindings(SourceSettings settings, int readParallelism, Findings findings) {
        this.settings = settings;
        this.connector = new SourceConnector(settings);
        this.readParallelism = readParallelism;
        this.findings = findings;
    }

    /** Checks everything that can be checked. */
    void find() {
        SourceSecret secret;
        try {
            secret = connector.secret();
            findings.ok("secret", settings.secret() + " has all that a connection needs");
        } catch (JobException e) {
            findings.problem("secret", e);
            findings.skipped("connection", "and all that needs it: there are no credentials");
            return;
        }
        try (Connection connection = connector.connect()) {
            findings.ok("connection", secret + ", PostgreSQL " + text(connection, "SHOW server_version"));
            findTls(connection, secret);
            StandbyFindings.find(connection, findings);
            findTables(connection);
            findConnections(connection);
        } catch (JobException e) {
            findings.problem("connection", e);
            findings.skipped("tables", "and all else in the database: there is no connection");
        } catch (SQLException e) {
            findings.problem("connection", ExitCode.OUTSIDE_SYSTEM, "The source failed: " + e.getMessage());
        }
    }

    private void findTls(Connection connection, SourceSecret secret) throws SQLException {
        String protocol = text(
                connection,
                "SELECT coalesce((SELECT version || ', ' || cipher FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl), '')");
        String mode = "--ssl-mode " + settings.sslMode().parameter();
        boolean isVerified = settings.sslMode() == SslMode.VERIFY_FULL || settings.sslMode() == SslMode.VERIFY_CA;
        if (!protocol.isEmpty() && isVerified) {
            findings.ok("tls", protocol + ", " + mode);
        } else if (!protocol.isEmpty()) {
            findings.note("tls", protocol + ", but " + mode + " trusts any server. Give --ssl-mode verify-full.");
        } else if (isLoopback(secret.host())) {
            findings.ok("tls", "none, " + mode + ", on this machine");
        } else {
            findings.note("tls", "none: data and queries go in the clear. Give --ssl-mode verify-full.");
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private void findTables(Connection connection) throws SQLException {
        SchemaComparison tables = new SourceCatalog(connection, settings.schema()).compare(BronzeTables.ALL);
        if (tables.differences().isEmpty()) {
            findings.ok(
                    "types",
                    BronzeTables.ALL.size() + " tables of schema " + settings.schema()
                            + " have the contracts' columns");
        } else {
            List<String> lines = new ArrayList<>(tables.differences());
            lines.addAll(tables.sideBySide());
            lines.addAll(tables.wayOut());
            findings.problem("types", ExitCode.BAD_DATA, String.join("\n", lines));
        }
        tables.notices().forEach(notice -> findings.note("types", notice));
        tables.relations().forEach(this::findKindAndKey);
        if (tables.unreadable().isEmpty()) {
            findings.ok("privileges", "SELECT on every table that is there");
            findSnapshot(connection, tables.relations());
        } else {
            findings.problem(
                    "privileges",
                    ExitCode.OUTSIDE_SYSTEM,
                    "No SELECT on " + String.join(", ", tables.unreadable())
                            + ".\nGrant USAGE on the schema and SELECT on the tables; PrepareSource does.");
        }
    }

    private void findKindAndKey(SourceRelation relation) {
        String size = relation.kind() + " of " + relation.sizeBytes() / BYTES_PER_MIB + " MiB, about "
                + Math.max(0, relation.estimatedRows()) + " rows";
        relation.reasonForOneConnection()
                .ifPresentOrElse(
                        reason -> findings.note(relation.name(), size + "; read over one connection: " + reason),
                        () -> findings.ok(relation.name(), size));
        List<String> key = key(relation.name());
        if (!key.isEmpty() && !relation.keyIsEnforced()) {
            String reason = relation.hasChildren()
                    ? "its key does not hold across the tables that inherit from it"
                    : "no valid unique index over not-null columns covers exactly its key " + String.join(", ", key);
            findings.note(relation.name(), reason + "; rows are checked for duplicates instead, which takes longer");
        }
    }

    private static List<String> key(String table) {
        return BronzeTables.ALL.stream()
                .filter(contract -> contract.name().equals(table))
                .findFirst()
                .map(TableContract::key)
                .orElse(List.of());
    }

    /** Exports a snapshot and joins it, as an extraction does; poolers between here and the server break that. */
    private void findSnapshot(Connection connection, List<SourceRelation> relations) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement exporting = connection.createStatement();
                Connection other = connector.connect();
                Statement joining = other.createStatement()) {
            exporting.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            for (SourceRelation relation : relations) {
                if (relation.isLockable()) {
                    exporting.execute("LOCK TABLE " + relation.quotedName() + " IN ACCESS SHARE MODE NOWAIT");
                }
            }
            String snapshot = text(connection, "SELECT pg_export_snapshot()");
            other.setAutoCommit(false);
            joining.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            joining.execute("SET TRANSACTION SNAPSHOT '" + snapshot.replace("'", "''") + "'");
            findings.ok("snapshot", "a second connection reads in the first one's snapshot");
        } catch (SQLException e) {
            findings.problem(
                    "snapshot",
                    ExitCode.OUTSIDE_SYSTEM,
                    "The source does not share a snapshot between connections: " + e.getMessage()
                            + "\nConnect to the server itself, not to a pooler; wait for maintenance that locks the tables.");
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private void findConnections(Connection connection) throws SQLException {
        FreeConnections connections = FreeConnections.of(connection);
        String room = connections.free() + " of " + connections.most() + " connections are free";
        if (connections.free() >= readParallelism) {
            findings.ok("connections", room + ", an extraction may open " + readParallelism + " more than this one");
        } else {
            findings.problem(
                    "connections",
                    ExitCode.OUTSIDE_SYSTEM,
                    room + ", and an extraction may open " + readParallelism
                            + " more than this one.\nGive a --read-parallelism of at most "
                            + Math.max(1, connections.free())
                            + ", or raise max_connections.");
        }
    }

    private static String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
