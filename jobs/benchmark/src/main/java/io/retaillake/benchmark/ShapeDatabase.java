package io.retaillake.benchmark;

import io.retaillake.common.command.CommandException;
import io.retaillake.local.SecretFile;
import io.retaillake.source.EmbeddedDatabase;
import io.retaillake.source.ReaderRole;
import io.retaillake.source.SourceException;
import io.retaillake.source.SourceSchema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** An embedded PostgreSQL with the purchases of a {@link Shape}, which stay in its folder for the next run. */
final class ShapeDatabase implements AutoCloseable {

    private static final String READER = "retail_reader";
    private static final int PASSWORD_BYTES = 24;

    private final EmbeddedDatabase server;
    private final Path secret;

    private ShapeDatabase(EmbeddedDatabase server, Path secret) {
        this.server = server;
        this.secret = secret;
    }

    /**
     * Starts the server, and fills it if it has not been filled: 12 million lines take two minutes and 3 GB.
     *
     * @param databases holds a folder for each shape
     * @param temporaryFolder gets the reader's secret
     * @throws CommandException if it does not start, or can't be filled
     */
    static ShapeDatabase start(Shape shape, Path databases, Path temporaryFolder) {
        Path folder = databases.resolve("shape-" + shape.option());
        EmbeddedDatabase server = null;
        try {
            server = EmbeddedDatabase.start(folder);
            Path filled = folder.resolve("filled");
            try (Connection connection = server.connect()) {
                if (!Files.exists(filled)) {
                    fill(connection, shape);
                    Files.createFile(filled);
                }
                String password = newPassword();
                ReaderRole.grant(connection, SourceSchema.DEFAULT_NAME, READER, password.toCharArray());
                Path secret = temporaryFolder.resolve(shape.option() + "-reader.json");
                SecretFile.write(secret, READER, password, server.host(), server.port(), server.database());
                return new ShapeDatabase(server, secret);
            }
        } catch (IOException | SQLException | SourceException e) {
            if (server != null) {
                server.close();
            }
            throw new CommandException(
                    CommandException.OUTSIDE_SYSTEM,
                    "the database in " + folder + " could not be prepared: " + e.getMessage()
                            + "\nRemove the folder to have it made anew.",
                    e);
        }
    }

    private static void fill(Connection connection, Shape shape) throws IOException, SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS " + SourceSchema.DEFAULT_NAME + " CASCADE");
            SourceSchema.createTables(connection, SourceSchema.DEFAULT_NAME);
            statement.execute("SET search_path = " + SourceSchema.DEFAULT_NAME);
            statement.execute("SET maintenance_work_mem = '1GB'");
            statement.execute(script(shape));
            SourceSchema.addConstraints(connection, SourceSchema.DEFAULT_NAME, constraint -> {});
            statement.execute("VACUUM (FREEZE, ANALYZE)");
            // The server writes late what it has committed, and without what is late if it is killed.
            statement.execute("CHECKPOINT");
        }
    }

    private static String script(Shape shape) throws IOException {
        try (InputStream in = ShapeDatabase.class.getResourceAsStream("shapes/fill.sql")) {
            String script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, Long> parameter : shape.parameters().entrySet()) {
                script = script.replace(
                        "${" + parameter.getKey() + "}", parameter.getValue().toString());
            }
            return script;
        }
    }

    private static String newPassword() {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** The extraction jobs' options for reading it. */
    List<String> options() {
        return List.of("--secret", "file:" + secret, "--ssl-mode", "disable");
    }

    @Override
    public void close() {
        server.close();
    }
}
