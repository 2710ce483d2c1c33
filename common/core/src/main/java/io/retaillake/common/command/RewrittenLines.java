package io.retaillake.common.command;

import java.io.PrintStream;
import java.util.List;

/** The last lines on a terminal, which are rewritten in place. Not for several threads at once. */
public final class RewrittenLines {

    private static final String LINE_UP = "\u001b[1A";
    private static final String CLEAR_LINE = "\u001b[2K";

    private final PrintStream out;
    private final int columns;
    private int painted;

    /** Writes to {@code out}, a terminal of so many columns; lines are cut to fit. */
    public RewrittenLines(PrintStream out, int columns) {
        this.out = out;
        this.columns = columns;
    }

    /** Removes the lines; what is printed next stands in their place. */
    public void erase() {
        out.print((LINE_UP + CLEAR_LINE).repeat(painted) + '\r');
        painted = 0;
    }

    /** Shows {@code lines} below what was printed. */
    public void paint(List<String> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line ->
                text.append(line, 0, Math.min(line.length(), columns - 1)).append('\n'));
        painted = lines.size();
        out.print(text);
        out.flush();
    }
}
