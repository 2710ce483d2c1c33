package io.retaillake.jobs.ops.sql;

import io.retaillake.common.command.RewrittenLines;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A line on a terminal that says for how many seconds something takes; it vanishes when there is something else to show. */
final class Waiting implements AutoCloseable {

    private static final int INTERVAL_MILLIS = 200;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final List<String> SIGNS = List.of("-", "\\", "|", "/");

    private final String what;
    private final RewrittenLines lines;
    private final long startedNanos = System.nanoTime();
    private final ScheduledExecutorService clock;
    private int shown;
    private boolean closed;

    private Waiting(String what, PrintStream terminal, int columns) {
        this.what = what;
        this.lines = new RewrittenLines(terminal, columns);
        this.closed = columns == 0;
        this.clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "waiting");
            thread.setDaemon(true);
            return thread;
        });
        if (!closed) {
            Future<?> unused =
                    clock.scheduleAtFixedRate(this::paint, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /**
     * Begins.
     *
     * @param what is waited for
     * @param terminal where the line is shown
     * @param columns the terminal's width; 0 for none, and nothing is shown
     */
    static Waiting begin(String what, PrintStream terminal, int columns) {
        return new Waiting(what, terminal, columns);
    }

    /** A buffered stream to {@code out}, whose first byte ends the waiting. */
    PrintStream before(OutputStream out) {
        OutputStream first = new FilterOutputStream(out) {
            @Override
            public void write(int letter) throws IOException {
                Waiting.this.close();
                out.write(letter);
            }

            @Override
            public void write(byte[] letters, int from, int length) throws IOException {
                Waiting.this.close();
                out.write(letters, from, length);
            }
        };
        return new PrintStream(new BufferedOutputStream(first), false, StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void close() {
        clock.shutdownNow();
        if (!closed) {
            closed = true;
            lines.erase();
            lines.paint(List.of());
        }
    }

    private synchronized void paint() {
        if (closed) {
            return;
        }
        long seconds = (long) ((System.nanoTime() - startedNanos) / NANOS_PER_SECOND);
        lines.erase();
        lines.paint(List.of(SIGNS.get(shown % SIGNS.size()) + " " + what + ": " + seconds + " s"));
        shown++;
    }
}
