package io.retaillake.jobs.ops.sql;

import io.retaillake.common.lake.Lake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;

/** A session on a terminal at which a test types. */
final class TypedSession implements AutoCloseable {

    private static final String PROMPT = "sql> ";
    private static final int LOOK_MILLIS = 20;

    private final PipedOutputStream keys = new PipedOutputStream();
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final Terminal terminal;
    private final CompletableFuture<Void> ended;
    private int seen;

    private TypedSession(Lake lake, Path history) throws IOException {
        terminal = new ExternalTerminal(
                "test", "xterm", new PipedInputStream(keys, 1 << 16), screen, StandardCharsets.UTF_8);
        terminal.setSize(new Size(100, 40));
        StatementRunner runner = new StatementRunner(
                lake,
                false,
                (statement, result, out) -> ResultFormat.TABLE.print(result, 10, statement.isCommand(), out));
        ended = CompletableFuture.runAsync(() -> new Session(terminal, runner, lake.spark()).run(history));
    }

    /** Begins one, and waits until it takes what is typed. */
    static TypedSession begin(Lake lake, Path history) throws IOException, InterruptedException {
        TypedSession session = new TypedSession(lake, history);
        session.untilPrompt();
        return session;
    }

    void type(String text) throws IOException {
        keys.write(text.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    /** What is shown from now on until the next prompt that nothing is typed at. */
    String untilPrompt() throws InterruptedException {
        return await(PROMPT);
    }

    /** What is shown until this is. */
    String await(String text) throws InterruptedException {
        while (true) {
            String shown = screen.toString(StandardCharsets.UTF_8);
            int found = shown.indexOf(text, seen);
            if (found >= 0) {
                String before = shown.substring(seen, found);
                seen = found + text.length();
                return before;
            }
            if (ended.isDone()) {
                throw new AssertionError("the session has ended: " + shown);
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /** Waits until the session has ended. */
    void awaitEnd() {
        ended.orTimeout(1, TimeUnit.MINUTES).join();
    }

    @Override
    public void close() throws IOException {
        keys.close();
        awaitEnd();
        terminal.close();
    }
}
