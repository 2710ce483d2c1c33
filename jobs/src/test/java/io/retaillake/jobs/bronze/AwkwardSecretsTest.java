package io.retaillake.jobs.bronze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.job.ExitCode;
import io.retaillake.common.job.JobException;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.Job;
import io.retaillake.common.run.JobMain;
import io.retaillake.common.source.SourceConnector;
import io.retaillake.common.source.SourceRelation;
import io.retaillake.common.source.SourceSettings;
import io.retaillake.common.source.SslMode;
import io.retaillake.source.ReaderRole;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a secret or an option holds is taken literally, and no failure repeats a password. */
class AwkwardSecretsTest {

    private static final String NAME = "o'dd \"; DROP TABLE victim; --%s\\한글?sslmode=require&a=b#@:/$";

    @TempDir
    private static Path folder;

    private static TestSource source;

    @BeforeAll
    static void createSource() throws Exception {
        source = TestSource.create(folder, "r\"; DROP TABLE victim; --'%s\\한 ");
        source.execute("CREATE TABLE {s}.victim (id int)");
    }

    static List<String> passwords() {
        return List.of(
                "single'quote-and-more",
                "double\"quote-and-more",
                "per%cent%20encoded%",
                "a&b=c&sslmode=disable",
                "user@host:5432/base",
                "co:lon:and;semicolon",
                "sla/sh//and\\back\\slash",
                " blanks around and within ",
                "$HOME${x}$(id)`id`",
                "'; DROP TABLE victim; --",
                "\"}, {\"password\": \"other",
                "비밀번호-암호-한글",
                "ümläut-é-ß-€-🔑",
                "tab\tand-line\nend",
                "#fragment?query=1+1",
                "{braces}[brackets]<tags>|pipe",
                "x".repeat(32) + "Y".repeat(32));
    }

    @ParameterizedTest
    @MethodSource("passwords")
    void connectsWithAnyPasswordAndNeverTellsIt(String password) throws Exception {
        String role = "awkward_password";
        grant(role, password);

        Path right = TestSource.writeSecret(
                folder.resolve("right.json"), role, password, TestSource.host(), TestSource.database());
        assertThat(connected(settings(right, SslMode.DISABLE), "current_user")).isEqualTo(role);
        assertTellsNothing(password, settings(right, SslMode.REQUIRE), "SSL");

        String wrong = password + "-wrong";
        Path refused = TestSource.writeSecret(
                folder.resolve("refused.json"), role, wrong, TestSource.host(), TestSource.database());
        assertTellsNothing(wrong, settings(refused, SslMode.DISABLE), "password authentication failed");

        Path elsewhere = TestSource.writeSecret(
                folder.resolve("elsewhere.json"), role, password, "no-such-host.invalid", TestSource.database());
        assertTellsNothing(password, settings(elsewhere, SslMode.DISABLE), "no-such-host.invalid");

        Path other =
                TestSource.writeSecret(folder.resolve("other.json"), role, password, TestSource.host(), "no such base");
        assertTellsNothing(password, settings(other, SslMode.DISABLE), "Check dbname");
    }

    @Test
    void takesUserAndDatabaseNamesLiterally() throws Exception {
        String database = NAME.substring(0, 40);
        try (Connection connection = source.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + SourceRelation.quote(database));
        }
        grant(NAME.substring(0, 40), "p");
        Path secret = TestSource.writeSecret(
                folder.resolve("names.json"), NAME.substring(0, 40), "p", TestSource.host(), database);

        assertThat(connected(settings(secret, SslMode.DISABLE), "current_user || current_database()"))
                .isEqualTo(database + database);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1/base?sslmode=disable",
                "127.0.0.1?socketFactory=x",
                "user:secret-word@127.0.0.1",
                "127.0.0.1:1/base#",
                "127.0.0.1&a=b",
                "127.0.0.1 ",
                "%31"
            })
    void refusesAHostThatWouldAddToTheUrl(String host) throws Exception {
        Path secret = TestSource.writeSecret(folder.resolve("host.json"), "u", "p", host, "base");

        JobException failure = catchThrowableOfType(
                JobException.class, () -> new SourceConnector(settings(secret, SslMode.VERIFY_FULL)).connect());

        assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_ARGUMENTS);
        assertThat(failure).hasMessageContaining("host is not a server's name");
        assertThat(failure.getMessage()).doesNotContain("secret-word");
    }

    @Test
    void readsASchemaWhoseNameIsSql() throws Exception {
        source.addPurchases(1, 30);
        Path lake = folder.resolve("lake");

        JobMain.run(new ExtractDimensions(), source.options(lake, "r1"));
        JobMain.run(new ExtractPurchases(), source.options(lake, "r1", "--from", "2014-01", "--to", "2014-01"));

        assertThat(source.query("SELECT count(*) FROM {s}.victim")).isEqualTo("0");
        assertThat(source.query("SELECT count(*) FROM {s}.purchase")).isEqualTo("30");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'; DROP TABLE x; --", "a b", "a`b", "../r", "r\" OR 1=1", "한글", ""})
    void refusesNamesThatAreNotPlain(String name) {
        for (String option : List.of("--run-id", "--namespace-prefix", "--from", "--to")) {
            if (name.isEmpty() && option.equals("--namespace-prefix")) {
                continue;
            }
            String[] arguments = option.equals("--run-id")
                    ? source.options(folder.resolve("none"), name)
                    : source.options(folder.resolve("none"), "r1", option, name);

            FailedJobException failure = catchThrowableOfType(
                    FailedJobException.class, () -> JobMain.run(new ExtractPurchases(), arguments));

            assertThat(failure.exitCode()).as(option).isEqualTo(ExitCode.BAD_ARGUMENTS.code());
            assertThat(failure).hasMessageContaining(option + " is '" + name + "'");
        }
    }

    @Test
    void refusesCredentialsInOptionsWithoutRepeatingThem() {
        List<List<String>> commands = List.of(
                List.of("--lake", "s3://KEY:secret-word@bucket/lake", "--secret", "id"),
                List.of("--lake", "s3a://KEY:secret-word/with/slashes@bucket", "--secret", "id"),
                List.of("--lake", "/lake", "--secret", "{\"password\": \"secret-word\"}"),
                List.of("--lake", "/lake", "--secret", "postgresql://user:secret-word@host/base"),
                List.of("--lake", "/lake", "--secret", "id", "--secrets-endpoint", "https://u:secret-word@host"));

        for (List<String> command : commands) {
            assertRefusesCredentials(new ExtractDimensions(), command);
        }
    }

    @Test
    void refusesCredentialsInTheAddressOfFilesWithoutRepeatingThem() {
        assertRefusesCredentials(
                new ImportPurchases(), List.of("--lake", "/lake", "--files", "s3://KEY:secret-word@bucket/*.avro"));
    }

    private static void assertRefusesCredentials(Job job, List<String> command) {
        FailedJobException failure =
                catchThrowableOfType(FailedJobException.class, () -> JobMain.run(job, command.toArray(String[]::new)));

        assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_ARGUMENTS.code());
        assertThat(failure).hasMessageContaining("credentials");
        assertThat(failure.getMessage()).doesNotContain("secret-word");
    }

    @Test
    void refusesACatalogFileWhoseNameHoldsSettings() {
        FailedJobException failure = catchThrowableOfType(
                FailedJobException.class,
                () -> JobMain.run(
                        new ExtractDimensions(),
                        source.options(folder.resolve("none"), "r1", "--catalog-file", folder + "/c.db?mode=memory")));

        assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_ARGUMENTS.code());
        assertThat(failure).hasMessageContaining("--catalog-file");
    }

    @Test
    void takesTheNameOfACatalogFileLiterally() throws Exception {
        Path file = folder.resolve("c'; DROP TABLE iceberg_tables; --%20#&a=b.db");

        JobMain.run(
                new ExtractDimensions(),
                source.options(folder.resolve("other"), "r2", "--catalog-file", file.toString()));

        assertThat(file).isNotEmptyFile();
        assertThat(BronzeTables.DIMENSIONS)
                .allSatisfy(table -> assertThat(
                                folder.resolve("other").resolve(table.folder()).resolve("metadata"))
                        .isDirectory());
    }

    private static void grant(String role, String password) throws Exception {
        try (Connection connection = source.connect()) {
            ReaderRole.grant(connection, source.schema(), role, password.toCharArray());
        }
    }

    private static SourceSettings settings(Path secret, SslMode mode) {
        return new SourceSettings("file:" + secret, null, null, null, source.schema(), mode, null, null, null);
    }

    private static String connected(SourceSettings settings, String expression) throws Exception {
        try (Connection connection = new SourceConnector(settings).connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + expression)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void assertTellsNothing(String password, SourceSettings settings, String message) {
        JobException failure = catchThrowableOfType(JobException.class, () -> new SourceConnector(settings).connect());
        StringWriter everything = new StringWriter();
        failure.printStackTrace(new PrintWriter(everything));
        String urlEncoded = URLEncoder.encode(password, StandardCharsets.UTF_8);
        String base64 = Base64.getEncoder().encodeToString(password.getBytes(StandardCharsets.UTF_8));

        assertThat(failure).hasMessageContaining(message);
        assertThat(everything.toString()).doesNotContain(password, urlEncoded, urlEncoded.replace("+", "%20"), base64);
    }
}
