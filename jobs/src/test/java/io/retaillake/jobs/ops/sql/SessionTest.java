package io.retaillake.jobs.ops.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.retaillake.common.LocalLakes;
import io.retaillake.common.lake.Lake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A person at a terminal. */
@Timeout(300)
class SessionTest {

    private static final String ENDLESS = "SELECT sum(id * id % 7) FROM range(0, 1000000000000000, 1, 2);";

    @TempDir
    static Path folder;

    private static Lake lake;

    private TypedSession session;

    @BeforeAll
    static void openLake() {
        lake = LocalLakes.open(folder.resolve("lake"));
        lake.spark().sql("CREATE NAMESPACE lake.mine");
        lake.spark().sql("CREATE TABLE lake.mine.kept (paid_amount INT COMMENT 'in KRW', buyer STRING)");
    }

    @BeforeEach
    void begin() throws Exception {
        session = TypedSession.begin(lake, folder.resolve("cache/history"));
    }

    @AfterEach
    void end() throws Exception {
        session.close();
    }

    @Test
    void goesOnAfterAStatementThatFails() throws Exception {
        session.type("SELECT nope FROM mine.kept; SELECT 5 * 9999 AS left_out;\r");
        assertThat(session.untilPrompt()).contains("error ", "nope").doesNotContain("49995");
        session.type("DROP TABLE mine.kept;\r");
        assertThat(session.untilPrompt()).contains("--write");
        session.type("SELECT 6 * 7 AS answer;\r");
        assertThat(session.untilPrompt()).contains("answer", "42", "(1 row)");
    }

    @Test
    void takesAStatementOfSeveralLines() throws Exception {
        session.type("SELECT 'a;\rb' AS text,\r 6 * 7 AS answer\r;\r");
        assertThat(session.untilPrompt()).contains("a;\\u000ab", "42");
    }

    @Test
    void cancelsTheStatementAndNotTheSession() throws Exception {
        session.type(ENDLESS + "\r");
        session.await("running: 1 s");
        session.type("\u0003");
        assertThat(session.untilPrompt()).contains("cancelled after").doesNotContain("error");
        session.type("SELECT 6 * 7 AS answer;\r");
        assertThat(session.untilPrompt()).contains("42");
    }

    @Test
    void givesUpALineAtCtrlC() throws Exception {
        session.type("SELECT 5 * 9999\r");
        session.await("   > ");
        session.type("\u0003");
        session.untilPrompt();
        session.type("SELECT 6 * 7 AS answer;\r");
        assertThat(session.untilPrompt()).contains("42").doesNotContain("49995");
    }

    @Test
    void completesNamesAndKeyWords() throws Exception {
        session.type("sel\t* FR\tmine.k\tk wher\tk.pai\tis null;\r");
        assertThat(session.untilPrompt()).contains("paid_amount  buyer", "(0 rows)");
    }

    @Test
    void saysWhatThereIs() throws Exception {
        session.type("\\d\r");
        assertThat(session.untilPrompt()).contains("mine", "kept");
        session.type("\\d mine.kept\r");
        assertThat(session.untilPrompt()).contains("paid_amount", "int", "in KRW", "buyer");
        session.type("\\timing\r");
        session.untilPrompt();
        session.type("SELECT 1;\r");
        assertThat(session.untilPrompt()).containsPattern("[0-9.]+ s\\s");
        session.type("\\x\r");
        assertThat(session.untilPrompt()).contains("no command \\x");
        session.type("\\?\r");
        assertThat(session.untilPrompt()).contains("\\timing");
        session.type("help\r");
        assertThat(session.untilPrompt()).contains("\\timing");
        session.type("EXPLAIN SELECT * FROM mine.kept;\r");
        assertThat(session.untilPrompt()).contains("== Physical Plan ==").doesNotContain("...");
    }

    @Test
    void endsAndKeepsWhatWasTypedForItsOwnerOnly() throws Exception {
        session.type("SELECT 'typed\rbefore';\r");
        session.untilPrompt();
        session.type("exit\r");
        session.awaitEnd();

        Path history = folder.resolve("cache/history");
        assertThat(Files.getPosixFilePermissions(history)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        session = TypedSession.begin(lake, history);
        session.type("\u001bOA\u001bOA\r");
        assertThat(session.untilPrompt()).contains("typed", "(1 row)");
        session.type("\\q\r");
        session.awaitEnd();
    }
}
