package io.retaillake.benchmark;

import java.util.List;
import java.util.Locale;

/** A page in Markdown, written from top to bottom. */
final class Markdown {

    private final StringBuilder text = new StringBuilder();

    /** A heading of the second level. */
    void heading(String title) {
        paragraph("## " + title);
    }

    /** Lines that stand alone. */
    void paragraph(String lines) {
        if (!text.isEmpty()) {
            line("");
        }
        line(lines);
    }

    /** Begins a table: one column of text and {@code more}, of numbers. */
    void table(String first, List<String> more) {
        line("");
        row(first, more);
        row("---", more.stream().map(name -> "---:").toList());
    }

    /** A row of the table that was begun last. */
    void row(String first, List<String> more) {
        line("| " + first + " | " + String.join(" | ", more) + " |");
    }

    /** One line. */
    void line(String line) {
        text.append(line).append('\n');
    }

    /** A number with thousands apart. */
    static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /** A database of one's own has no scale. */
    static String scale(double scale) {
        return scale == 0 ? "of your own" : String.valueOf(scale).replaceFirst("\\.0$", "");
    }

    String text() {
        return text.toString();
    }
}
