package io.retaillake.jobs.ops.sql;

import io.retaillake.common.command.TerminalColumns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.terminal.impl.exec.ExecTerminalProvider;
import org.jline.terminal.spi.SystemStream;

/** The terminal in front of which a person has started the job, if one has. */
final class PersonsTerminal {

    private static final int USUAL_COLUMNS = 80;
    private static final int USUAL_LINES = 24;

    private PersonsTerminal() {}

    /** Whether a command on a person's machine has started the job, so that somebody or something fills standard input. */
    static boolean hasStandardInput() {
        return TerminalColumns.isTold();
    }

    /** Opens it to read what is typed. */
    static Terminal open() throws IOException {
        // JLine makes the names of stty's settings small letters as the person's language has them: "mın" in Turkish.
        Locale.setDefault(Locale.ROOT);
        // Named rather than looked for: in the job jar JLine has another package, and the files that name its classes
        // don't know.
        Terminal terminal = new ExecTerminalProvider()
                .sysTerminal(
                        "sql",
                        System.getenv("TERM"),
                        false,
                        StandardCharsets.UTF_8,
                        StandardCharsets.UTF_8,
                        StandardCharsets.UTF_8,
                        true,
                        SignalHandler.SIG_DFL,
                        false,
                        SystemStream.Output);
        if (terminal.getWidth() == 0) {
            // One that nobody has told its size shows nothing.
            terminal.setSize(new Size(USUAL_COLUMNS, USUAL_LINES));
        }
        return terminal;
    }

    /** What the person has typed in earlier sessions. */
    static Path history() {
        String configured = System.getenv("XDG_CACHE_HOME");
        Path cache = configured == null || configured.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(configured);
        return cache.resolve("retail-lakehouse").resolve("sql-history");
    }
}
