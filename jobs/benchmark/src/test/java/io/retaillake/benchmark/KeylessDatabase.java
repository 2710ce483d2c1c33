package io.retaillake.benchmark;

import io.retaillake.generator.GeneratorOptions;
import io.retaillake.generator.LoadProgress;
import io.retaillake.generator.SourceLoader;
import io.retaillake.source.EmbeddedDatabase;
import io.retaillake.source.SourceSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Somebody's own database, in which nothing keeps the key of purchases from repeating, and in which it does. */
final class KeylessDatabase implements AutoCloseable {

    private static final String SCHEMA = "shop";
    private static final String KEY = "affiliate, receipt_no, division_cd, main_category_cd, sub_category_cd";

    /** The first of them is never kept, the second always, of the third it makes no difference. */
    private static final List<String> REPEATED = List.of(
            "NULL, NULL, purchase_date, purchase_time, amount / 2",
            "customer_id, '', purchase_date, purchase_time, amount + 7",
            "customer_id, store_cd, purchase_date, purchase_time, amount");

    /** How many rows repeat the key of another. */
    static final int REPEATED_ROWS = 90;

    private final EmbeddedDatabase database = EmbeddedDatabase.startTemporary();
    private final Path secret;

    KeylessDatabase(Path folder) throws SQLException, IOException {
        try (Connection connection = database.connect()) {
            SourceSchema.create(connection, SCHEMA);
        }
        SourceLoader.load(database::connect, SCHEMA, new GeneratorOptions(1, 0.001, 0), 2, new LoadProgress() {
            @Override
            public void step(String name) {}

            @Override
            public void rows(long rowsDone, long rowsExpected) {}
        });
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE " + SCHEMA + ".purchase DROP CONSTRAINT purchase_pkey");
            int offset = 0;
            for (String others : REPEATED) {
                statement.execute("INSERT INTO " + SCHEMA + ".purchase SELECT " + KEY + ", " + others + " FROM "
                        + SCHEMA
                        + ".purchase WHERE customer_id IS NOT NULL AND purchase_date LIKE '2014%' ORDER BY " + KEY
                        + " LIMIT 30 OFFSET " + offset);
                offset += 30;
            }
        }
        secret = Files.createFile(
                folder.resolve("own.json"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                secret,
                "{\"username\": \"" + database.username() + "\", \"password\": \"" + database.password()
                        + "\", \"host\": \"" + database.host() + "\", \"port\": " + database.port()
                        + ", \"dbname\": \"" + database.database() + "\"}",
                StandardCharsets.UTF_8);
    }

    /** The options that name it. */
    List<String> options() {
        return List.of("--secret", "file:" + secret, "--source-schema", SCHEMA, "--ssl-mode", "disable");
    }

    @Override
    public void close() {
        database.close();
    }
}
