package io.retaillake.jobs.ops.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.JobMain;
import io.retaillake.common.source.FreeConnections;
import io.retaillake.jobs.bronze.TestSource;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {

    @TempDir
    private Path folder;

    private TestSource source;

    private record Said(String lines, Optional<FailedJobException> failure) {

        int exitCode() {
            return failure.map(FailedJobException::exitCode).orElse(0);
        }
    }

    @BeforeEach
    void createSource() throws Exception {
        source = TestSource.create(folder);
    }

    @Test
    void findsNothingWrongWithASourceAndALakeThatAreReady() {
        Said said = preflight(folder.resolve("lake"));

        assertThat(said.exitCode()).as(said.lines()).isZero();
        assertThat(said.lines()
                        .lines()
                        .map(line -> line.replaceAll("^(\\w+ +\\w+).*", "$1").replaceAll(" +", " ")))
                .containsExactly(
                        "ok secret",
                        "ok connection",
                        "ok tls",
                        "ok types",
                        "ok customer",
                        "ok products_info",
                        "ok zipcode",
                        "ok purchase",
                        "ok privileges",
                        "ok snapshot",
                        "ok connections",
                        "ok lake",
                        "ok catalog");
        assertThat(said.lines()).doesNotContain(source.password());
    }

    @Test
    void reportsAllProblemsOfTheSourceAtOnce() throws Exception {
        source.execute("DROP TABLE {s}.zipcode");
        source.execute("ALTER TABLE {s}.customer RENAME COLUMN sex TO gender");
        source.execute("ALTER TABLE {s}.products_info ALTER COLUMN division_cd TYPE int USING 0");
        source.execute("REVOKE SELECT ON {s}.purchase FROM " + source.reader());

        Said said = preflight(folder.resolve("lake"), "--read-parallelism", "1000");

        assertThat(said.exitCode()).isEqualTo(3);
        assertThat(said.lines())
                .contains("problem  types          customer.sex: the column is missing")
                .contains("was it renamed to gender?")
                .contains(
                        "products_info.division_cd: the contract has character varying or text, the source has integer")
                .contains("zipcode: there is no such table")
                .contains("problem  privileges     No SELECT on purchase")
                .contains("problem  connections")
                .contains("ok       lake");
        assertThat(said.failure().orElseThrow()).hasMessageContaining("types, privileges, connections");
    }

    @Test
    void notesWhatStopsNoRun() throws Exception {
        source.execute("ALTER TABLE {s}.customer ADD COLUMN grade text");
        source.execute("ALTER TABLE {s}.purchase DROP CONSTRAINT IF EXISTS purchase_pkey");
        source.execute("ALTER TABLE {s}.products_info RENAME TO products");
        source.execute("CREATE VIEW {s}.products_info AS SELECT * FROM {s}.products");
        source.execute("GRANT SELECT ON {s}.products_info TO " + source.reader());

        Said said = preflight(folder.resolve("lake"));

        assertThat(said.exitCode()).as(said.lines()).isZero();
        assertThat(said.lines())
                .contains("note     types          customer.grade: the contract has no such column")
                .contains("note     products_info  view of 0 MiB")
                .contains("read over one connection: it is a view")
                .contains("note     purchase       no valid unique index");
    }

    @Test
    void saysWhatIsOtherwiseWhereTablesInheritFromOne() throws Exception {
        source.execute("CREATE TABLE {s}.purchase_2015 () INHERITS ({s}.purchase)");

        Said said = preflight(folder.resolve("lake"));

        assertThat(said.exitCode()).as(said.lines()).isZero();
        assertThat(said.lines())
                .contains("read over one connection: other tables inherit from it")
                .contains("note     purchase       its key does not hold across the tables that inherit from it");
    }

    @Test
    void takesAMaterializedViewForATable() throws Exception {
        source.execute("ALTER TABLE {s}.products_info RENAME TO products");
        source.execute("CREATE MATERIALIZED VIEW {s}.products_info AS SELECT * FROM {s}.products");
        source.execute("GRANT SELECT ON {s}.products_info TO " + source.reader());

        Said said = preflight(folder.resolve("lake"));

        assertThat(said.exitCode()).as(said.lines()).isZero();
        assertThat(said.lines()).contains("ok       products_info  materialized view", "ok       snapshot");
    }

    @Test
    void saysThatOtherRolesHaveTakenTheServersConnections() throws Exception {
        List<Connection> taken = new ArrayList<>(List.of(source.connect()));
        try {
            while (FreeConnections.of(taken.get(0)).free() > 5) {
                taken.add(source.connect());
            }

            Said said = preflight(folder.resolve("lake"));

            assertThat(said.exitCode()).as(said.lines()).isEqualTo(4);
            assertThat(said.lines()).contains("problem  connections", "Give a --read-parallelism of at most");
        } finally {
            for (Connection connection : taken) {
                connection.close();
            }
        }
    }

    @Test
    void checksTheLakeThoughTheSecretIsIncomplete() throws Exception {
        Path secret = Files.writeString(folder.resolve("incomplete.json"), "{\"username\": \"u\", \"port\": 0}");

        Said said = run(
                "--secret", "file:" + secret, "--lake", folder.resolve("lake").toString());

        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.lines())
                .contains("password is missing", "host is missing", "port is not a number")
                .contains("skipped  connection")
                .contains("ok       catalog");
    }

    @Test
    void checksTheSourceThoughTheLakeCantBeWritten() throws Exception {
        Path file = Files.createFile(folder.resolve("a-file"));

        Said said = preflight(file);

        assertThat(said.exitCode()).isEqualTo(4);
        assertThat(said.lines()).contains("ok       snapshot", "problem  lake", "can't be written", "skipped  catalog");
    }

    @Test
    void saysThatTheServerCantBeReached() {
        Said said = preflight(folder.resolve("lake"), "--source-port", "1");

        assertThat(said.exitCode()).isEqualTo(4);
        assertThat(said.lines()).contains("problem  connection", "Check host and port", "ok       lake");
    }

    private Said preflight(Path lake, String... more) {
        List<String> arguments = new ArrayList<>(Arrays.asList(source.options(lake, "unused", more)));
        int runId = arguments.indexOf("--run-id");
        arguments.subList(runId, runId + 2).clear();
        return run(arguments.toArray(String[]::new));
    }

    private static Said run(String... arguments) {
        PrintStream standardOutput = System.out;
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        System.setOut(new PrintStream(lines, true, StandardCharsets.UTF_8));
        try {
            JobMain.run(new Preflight(), arguments);
            return new Said(lines.toString(StandardCharsets.UTF_8), Optional.empty());
        } catch (FailedJobException e) {
            return new Said(lines.toString(StandardCharsets.UTF_8), Optional.of(e));
        } finally {
            System.setOut(standardOutput);
        }
    }
}
