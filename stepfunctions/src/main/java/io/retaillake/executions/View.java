package io.retaillake.executions;

import io.retaillake.common.command.RewrittenLines;
import java.io.PrintStream;
import java.util.List;

/** Where a person watches an execution: a terminal, on which a table of its states is rewritten, or a log of lines. */
final class View implements AutoCloseable {

    private final PrintStream out;
    private final RewrittenLines lines;
    private List<String> table = List.of();
    private boolean closed;

    /** Shows on {@code out}, a terminal of so many columns; 0 where it is none. */
    View(PrintStream out, int columns) {
        this.out = out;
        this.lines = columns > 0 ? new RewrittenLines(out, columns) : null;
    }

    boolean isTerminal() {
        return lines != null;
    }

    /** Prints a line that stays. */
    synchronized void print(String line) {
        if (closed) {
            return;
        }
        if (isTerminal()) {
            lines.erase();
        }
        out.println(line);
        show(table);
    }

    /** Shows the states as they are now, on a terminal only. */
    synchronized void show(List<String> now) {
        if (isTerminal() && !closed) {
            table = now;
            lines.erase();
            lines.paint(now);
        }
    }

    /** Ends showing; what was shown stays. */
    @Override
    public synchronized void close() {
        closed = true;
        out.flush();
    }
}
