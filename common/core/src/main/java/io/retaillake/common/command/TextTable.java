package io.retaillake.common.command;

import java.util.ArrayList;
import java.util.List;

/** Rows as aligned text for a terminal, where a Korean letter is two columns wide. */
public final class TextTable {

    /** The widest cell that is printed whole; a line of JSON would push every other column off the screen. */
    static final int WIDEST_CELL = 60;

    private static final String GAP = "  ";

    /** East Asian Wide and Fullwidth of Unicode's annex 11, as far as terminals agree: first and last letters. */
    private static final int[][] WIDE = {
        {0x1100, 0x115f},
        {0x2e80, 0x303e},
        {0x3040, 0xa4cf},
        {0xac00, 0xd7a3},
        {0xf900, 0xfaff},
        {0xfe30, 0xfe6f},
        {0xff00, 0xff60},
        {0xffe0, 0xffe6},
        {0x1f300, 0x1f64f},
        {0x20000, 0x3fffd}
    };

    private TextTable() {}

    /**
     * A line of names, a line under it, and a line for each row; what is wider than {@link #WIDEST_CELL} is cut.
     *
     * @param right which columns are aligned to the right
     */
    public static List<String> lines(List<String> names, boolean[] right, List<List<String>> rows) {
        List<List<String>> printable = new ArrayList<>();
        printable.add(names.stream().map(TextTable::printable).toList());
        rows.forEach(row -> printable.add(row.stream().map(TextTable::printable).toList()));
        int[] widths = new int[names.size()];
        for (List<String> row : printable) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], width(row.get(column)));
            }
        }
        List<String> lines = new ArrayList<>();
        printable.forEach(row -> lines.add(line(row, widths, right)));
        StringBuilder rule = new StringBuilder();
        for (int width : widths) {
            rule.append("-".repeat(width)).append(GAP);
        }
        lines.add(1, rule.toString().stripTrailing());
        return lines;
    }

    /** How many columns of a terminal {@code text} takes. */
    static int width(String text) {
        return text.codePoints()
                .map(letter -> isCombining(letter) ? 0 : isWide(letter) ? 2 : 1)
                .sum();
    }

    private static String line(List<String> cells, int[] widths, boolean[] right) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            String padding = " ".repeat(widths[column] - width(cell));
            line.append(right[column] ? padding + cell : cell + padding).append(GAP);
        }
        return line.toString().stripTrailing();
    }

    /** Cuts what is too wide, and names control characters: they would break the lines, or drive the terminal. */
    private static String printable(String cell) {
        StringBuilder text = new StringBuilder();
        int width = 0;
        for (int letter : cell.codePoints().toArray()) {
            String shown =
                    Character.isISOControl(letter) ? String.format("\\u%04x", letter) : Character.toString(letter);
            width += width(shown);
            if (width > WIDEST_CELL) {
                return text.append("...").toString();
            }
            text.append(shown);
        }
        return text.toString();
    }

    private static boolean isCombining(int letter) {
        int type = Character.getType(letter);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT;
    }

    private static boolean isWide(int letter) {
        for (int[] range : WIDE) {
            if (letter >= range[0] && letter <= range[1]) {
                return true;
            }
        }
        return false;
    }
}
