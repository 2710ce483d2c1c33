package io.retaillake.jobs.bronze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.job.ExitCode;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.JobMain;
import io.retaillake.source.SourceSchema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources whose databases are not in UTF-8. */
class OtherEncodingsTest {

    @TempDir
    private static Path folder;

    private static TestSource server;

    @BeforeAll
    static void startServer() throws Exception {
        server = TestSource.create(folder);
    }

    @Test
    void convertsTheEncodingThatADatabaseHas() throws Exception {
        assertThat(landed("EUC_KR", "convert_from('\\xc7d1b1db', 'EUC_KR')")).containsExactly("한글 한글 100.0");
    }

    @Test
    void saysWhichBytesAreNotUtf8WhereTheDatabaseHasNoEncoding() {
        FailedJobException failure = catchThrowableOfType(
                FailedJobException.class, () -> landed("SQL_ASCII", "convert_from('\\xff41fe', 'SQL_ASCII')"));

        assertThat(failure.exitCode()).isEqualTo(ExitCode.OUTSIDE_SYSTEM.code());
        assertThat(failure).hasMessageContaining("invalid byte sequence for encoding \"UTF8\": 0xff");
    }

    /** Bronze's purchases from a database of that encoding whose one purchase has {@code text} as affiliate and receipt. */
    private static List<String> landed(String encoding, String text) throws Exception {
        String database = "in_" + encoding.toLowerCase(Locale.ROOT);
        server.execute("CREATE DATABASE " + database + " ENCODING '" + encoding + "' TEMPLATE template0 LOCALE 'C'");
        Path secret = folder.resolve(encoding + ".json");
        try (Connection connection = TestSource.connect(database, secret);
                Statement statement = connection.createStatement()) {
            SourceSchema.create(connection, "retail");
            statement.execute("INSERT INTO retail.purchase VALUES (" + text + ", " + text
                    + ", 'D', 'M', 'S', NULL, 'T', '20150101', '1', 100)");
        }
        Path lakeFolder = folder.resolve(encoding);
        JobMain.run(
                new ExtractPurchases(),
                "--secret",
                "file:" + secret,
                "--ssl-mode",
                "disable",
                "--lake",
                lakeFolder.toString(),
                "--run-id",
                "r1");
        Lake lake = LocalLakes.open(lakeFolder);
        return lake.spark().table(lake.identifier(BronzeTables.PURCHASE)).collectAsList().stream()
                .map(row -> row.getAs("affiliate") + " " + row.getAs("receipt_no") + " " + row.getAs("amount"))
                .sorted()
                .toList();
    }
}
