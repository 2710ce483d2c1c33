package io.retaillake.queries;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code data/dictionary.md}, which is generated from the contracts that the jobs write by. */
final class Dictionary {

    private static final Path FILE = Path.of("..", "dictionary.md");
    private static final Pattern CELL_BORDER = Pattern.compile(" (?<!\\\\)\\| ");

    private Dictionary() {}

    /**
     * A column as analysts are told.
     *
     * @param table the table with its layer
     * @param name the column
     * @param type its type in Spark's words
     * @param nullable whether it may be null
     * @param meaning what it means, in English
     * @param koreanMeaning the same in Korean
     */
    record Column(String table, String name, String type, boolean nullable, String meaning, String koreanMeaning) {

        /** The comment that the catalog must show. */
        String comment() {
            return meaning + " / " + koreanMeaning;
        }

        /** The type as Athena and Trino call it. */
        String athenaType() {
            Matcher array = Pattern.compile("array<(\\w+)>").matcher(type);
            return array.matches() ? "array(" + athenaType(array.group(1)) + ")" : athenaType(type);
        }

        private static String athenaType(String type) {
            return switch (type) {
                case "string" -> "varchar";
                case "int" -> "integer";
                case "timestamp" -> "timestamp(6) with time zone";
                default -> type;
            };
        }
    }

    /** Every column of every table, in order. */
    static List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        String table = null;
        for (String line : Resources.text(FILE).split("\n", -1)) {
            if (line.startsWith("## ")) {
                table = line.substring("## ".length());
            } else if (line.startsWith("| `")) {
                String[] cells = CELL_BORDER.split(line.substring(2), -1);
                columns.add(new Column(
                        table, cells[0].replace("`", ""), cells[1], cells[2].equals("yes"), cells[3], cells[4]));
            }
        }
        return columns;
    }
}
