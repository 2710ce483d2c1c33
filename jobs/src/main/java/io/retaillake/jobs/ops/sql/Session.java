package io.retaillake.jobs.ops.sql;

import io.retaillake.common.job.JobException;
import io.retaillake.common.run.FailureExplanation;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;

/** Statements that a person types on a terminal, one after the other. What fails is told, and the session goes on. */
final class Session {

    private static final String PROMPT = "sql> ";
    private static final String FURTHER_LINES_PROMPT = "   > ";
    private static final int KEPT_LINES = 10_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Terminal terminal;
    private final PrintStream out;
    private final StatementRunner runner;
    private final LakeNames names;
    private final RunningStatement running;
    private boolean timing;

    /** A session on {@code terminal} of statements that {@code runner} runs in {@code spark}. */
    Session(Terminal terminal, StatementRunner runner, SparkSession spark) {
        this.terminal = terminal;
        this.out = new PrintStream(terminal.output(), true, StandardCharsets.UTF_8);
        this.runner = runner;
        this.names = new LakeNames(spark);
        this.running = new RunningStatement(spark.sparkContext());
    }

    /**
     * Reads and runs statements until the person ends the session.
     *
     * @param history keeps what is typed for later sessions; made if it is not there, for this user only
     */
    void run(Path history) {
        terminal.handle(Signal.INT, signal -> running.cancel());
        out.println("Statements end with a semicolon. \\? helps, \\q ends.");
        LineReader reader = reader(history);
        while (true) {
            try {
                String typed = reader.readLine(PROMPT);
                if (!typed.isBlank() && !take(typed)) {
                    return;
                }
            } catch (UserInterruptException e) {
                // Ctrl-C at the prompt gives up the line.
            } catch (EndOfFileException e) {
                return;
            }
        }
    }

    private LineReader reader(Path history) {
        makeReadableByOwnerOnly(history);
        return LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("sql")
                .parser(new StatementLines())
                .completer(new NameCompleter(names))
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, FURTHER_LINES_PROMPT)
                .variable(LineReader.HISTORY_FILE, history)
                .variable(LineReader.HISTORY_FILE_SIZE, KEPT_LINES)
                .option(LineReader.Option.CASE_INSENSITIVE, true)
                .option(LineReader.Option.COMPLETE_MATCHER_TYPO, false)
                // An exclamation mark is a part of SQL.
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .build();
    }

    /** Statements may name persons. */
    private static void makeReadableByOwnerOnly(Path history) {
        try {
            Files.createDirectories(history.getParent());
            Files.createFile(
                    history, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            // From an earlier session.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Does what was typed; returns whether the session goes on. */
    private boolean take(String typed) {
        if (!SessionCommand.isOne(typed)) {
            return runAll(typed);
        }
        SessionCommand command = SessionCommand.of(typed);
        if (command instanceof SessionCommand.Statement statement) {
            run(statement.text());
        } else if (command instanceof SessionCommand.Timing) {
            timing = !timing;
            out.println("timing is " + (timing ? "on" : "off"));
        } else if (command instanceof SessionCommand.Help) {
            out.println(SessionCommand.HELP);
        } else if (command instanceof SessionCommand.Unknown unknown) {
            out.println("error there is no command " + unknown.word() + "; \\? lists them");
        }
        return !(command instanceof SessionCommand.Quit);
    }

    private boolean runAll(String typed) {
        for (Script.Statement statement : Script.of(typed).statements()) {
            if (!run(statement.text())) {
                break;
            }
        }
        return true;
    }

    /** Runs a statement; returns whether it has succeeded. */
    private boolean run(String statement) {
        long startedNanos = System.nanoTime();
        Exception failure = null;
        running.begin();
        try (Waiting waiting = Waiting.begin("running", out, terminal.getWidth())) {
            runner.run(statement, waiting.before(out));
        } catch (Exception e) {
            // Also those that Scala does not declare.
            failure = e;
        }
        boolean cancelled = running.end();
        names.forget();
        String seconds = String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - startedNanos) / NANOS_PER_SECOND);
        if (cancelled && failure != null) {
            out.println("cancelled after " + seconds);
        } else if (failure != null) {
            JobException explained = FailureExplanation.of("Sql", failure);
            out.println("error " + explained.getMessage().strip().replace("\n", "\n  "));
        } else if (timing) {
            out.println(seconds);
        }
        return failure == null;
    }
}
