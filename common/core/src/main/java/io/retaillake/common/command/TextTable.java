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
        return aligned(printable, right);
    }

    /**
     * The same; where a line is wider than the terminal, each row is a block of its own instead, with a line for each name and value.
     *
     * @param columns the terminal's width; 0 for none
     */
    public static List<String> fittingLines(List<String> names, boolean[] right, List<List<String>> rows, int columns) {
        List<String> lines = lines(names, right, rows);
        if (columns == 0 || lines.stream().allMatch(line -> width(line) <= columns)) {
            return lines;
        }
        List<String> blocks = new ArrayList<>();
        for (List<String> row : rows) {
            List<List<String>> fields = new ArrayList<>();
            for (int column = 0; column < names.size(); column++) {
                fields.add(List.of(printable(names.get(column)), printable(row.get(column))));
            }
            // Without the rule, which would make the first field a heading.
            aligned(fields, new boolean[2]).stream()
                    .filter(line -> !line.startsWith("--"))
                    .forEach(blocks::add);
            blocks.add("");
        }
        return blocks;
    }

    /**
     * The same with nothing cut: a cell keeps its line breaks, and one that is wider than {@link #WIDEST_CELL} goes on in further lines
     * of its column, unless it is the only one.
     */
    public static List<String> wholeLines(List<String> names, boolean[] right, List<List<String>> rows) {
        int widest = names.size() == 1 ? Integer.MAX_VALUE : WIDEST_CELL;
        List<List<String>> printable = new ArrayList<>();
        printable.add(names.stream().map(TextTable::printable).toList());
        for (List<String> row : rows) {
            List<List<String>> cells =
                    row.stream().map(cell -> folded(cell, widest)).toList();
            int height = cells.stream().mapToInt(List::size).max().orElse(1);
            for (int line = 0; line < height; line++) {
                int shown = line;
                printable.add(cells.stream()
                        .map(cell -> shown < cell.size() ? cell.get(shown) : "")
                        .toList());
            }
        }
        return aligned(printable, right);
    }

    private static List<String> aligned(List<List<String>> printable, boolean[] right) {
        int[] widths = new int[right.length];
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
            String shown = shown(letter);
            width += width(shown);
            if (width > WIDEST_CELL) {
                return text.append("...").toString();
            }
            text.append(shown);
        }
        return text.toString();
    }

    private static String shown(int letter) {
        return Character.isISOControl(letter) ? String.format("\\u%04x", letter) : Character.toString(letter);
    }

    /** The cell's own lines, each in pieces that are no wider than {@code widest} and end at a blank or comma where there is one. */
    private static List<String> folded(String cell, int widest) {
        List<String> lines = new ArrayList<>();
        for (String own : cell.stripTrailing().split("\n", -1)) {
            StringBuilder line = new StringBuilder();
            for (int letter : own.codePoints().toArray()) {
                String shown = shown(letter);
                if (width(line + shown) > widest) {
                    int end = Math.max(line.lastIndexOf(" "), line.lastIndexOf(",")) + 1;
                    end = end == 0 ? line.length() : end;
                    lines.add(line.substring(0, end));
                    line.delete(0, end);
                }
                line.append(shown);
            }
            lines.add(line.toString());
        }
        return lines;
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
