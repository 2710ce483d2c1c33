package io.retaillake.local;

import io.retaillake.common.command.CommandException;
import io.retaillake.generator.GeneratorModule;
import io.retaillake.local.PipelineSettings.GeneratedSource;
import io.retaillake.source.EmbeddedDatabase;
import io.retaillake.source.ReaderRole;
import io.retaillake.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** An embedded PostgreSQL with generated data, which stay in its folder for the next run that wants the same. */
final class GeneratedDatabase implements SourceDatabase {

    private static final String SCHEMA = "retail";
    private static final String READER = "retail_reader";
    private static final int PASSWORD_BYTES = 24;

    /** The embedded server has no certificate; it listens on this machine's loopback only. */
    private static final List<String> CONNECTION = List.of("--ssl-mode", "disable");

    private final GeneratedSource wanted;
    private final int cores;
    private final Path folder;
    private final Path adminSecret;
    private final Path readerSecret;
    private final EmbeddedDatabase server;

    private GeneratedDatabase(
            GeneratedSource wanted, int cores, Path folder, Path temporaryFolder, EmbeddedDatabase server) {
        this.wanted = wanted;
        this.cores = cores;
        this.folder = folder;
        this.adminSecret = temporaryFolder.resolve("source-admin.json");
        this.readerSecret = temporaryFolder.resolve("source-reader.json");
        this.server = server;
    }

    /**
     * Starts the server.
     *
     * @param cores how many connections load the data
     * @param databases holds a folder for each kind of data
     * @param temporaryFolder holds the secrets
     * @throws CommandException if it does not start
     */
    static GeneratedDatabase start(GeneratedSource wanted, int cores, Path databases, Path temporaryFolder) {
        Path folder = databases.resolve(wanted.key());
        try {
            return new GeneratedDatabase(wanted, cores, folder, temporaryFolder, EmbeddedDatabase.start(folder));
        } catch (SourceException e) {
            throw new CommandException(CommandException.OUTSIDE_SYSTEM, e.getMessage(), e);
        }
    }

    @Override
    public List<JobOutcome> prepare(JobRunner runner) throws InterruptedException {
        try {
            char[] password = newPassword();
            write(readerSecret, READER, new String(password));
            write(adminSecret, server.username(), server.password());
            if (wanted.fresh() || !Files.exists(filledMarker())) {
                return fill(runner);
            }
            // A password of this run's own, so that none has to be kept.
            try (Connection connection = server.connect()) {
                ReaderRole.grant(connection, SCHEMA, READER, password);
            }
            return List.of();
        } catch (IOException | SQLException | SourceException e) {
            throw new CommandException(
                    CommandException.OUTSIDE_SYSTEM,
                    "the database in " + folder + " could not be prepared: " + e.getMessage()
                            + "\n--fresh makes it anew.",
                    e);
        }
    }

    @Override
    public List<String> readerOptions() {
        return withConnection("--secret", "file:" + readerSecret);
    }

    @Override
    public String afterwards() {
        return "kept, stopped, in " + folder + "; --fresh makes it anew";
    }

    @Override
    public String whereabouts() {
        return server + "\n"
                + "  database " + server.database() + ", schema " + SCHEMA + "; user names and passwords:\n"
                + "  " + adminSecret + " may change it, " + readerSecret + " may read it";
    }

    @Override
    public void close() {
        server.close();
    }

    private List<JobOutcome> fill(JobRunner runner) throws IOException, SQLException, InterruptedException {
        Files.deleteIfExists(filledMarker());
        // What an earlier run began to fill is of no use.
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE");
        }
        List<String> arguments = withConnection(
                "--secret",
                "file:" + adminSecret,
                "--reader-secret",
                "file:" + readerSecret,
                "--scale",
                Double.toString(wanted.scale()),
                "--dirty-rate",
                Double.toString(wanted.dirtyRate()),
                "--seed",
                Long.toString(wanted.seed()),
                "--load-parallelism",
                Integer.toString(cores));
        List<JobOutcome> outcomes = runner.run(List.of(new JobRequest(GeneratorModule.FILL_SOURCE, arguments)));
        flush();
        Files.createFile(filledMarker());
        return outcomes;
    }

    /** Has the server write out all that it has committed: it does so late, and without what is late if it is killed. */
    private void flush() throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit = on");
            statement.execute("SELECT pg_logical_emit_message(true, 'retail-lakehouse', 'filled')");
        }
    }

    private Path filledMarker() {
        return folder.resolve("filled");
    }

    private void write(Path file, String user, String password) throws IOException {
        SecretFile.write(file, user, password, server.host(), server.port(), server.database());
    }

    private static List<String> withConnection(String... options) {
        List<String> all = new ArrayList<>(Arrays.asList(options));
        all.addAll(CONNECTION);
        return all;
    }

    private static char[] newPassword() {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random).toCharArray();
    }
}
