package io.retaillake.common.sqltable;

import io.retaillake.common.job.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of a CSV file as RFC 4180 has it, with a line of columns' names. An empty field is null, an empty one in quotes an empty text.
 */
final class CsvRows {

    private final String text;
    private int position;
    private int line = 1;

    private CsvRows(String text) {
        this.text = text;
    }

    /**
     * Reads them.
     *
     * @param problems gets rows that have not a field for each name, and a quote that does not end
     */
    static List<RowText> read(String file, String text, Problems problems) {
        CsvRows csv = new CsvRows(text);
        List<RowText> rows = new ArrayList<>();
        List<String> names = csv.record(file, problems);
        while (csv.position < text.length()) {
            int line = csv.line;
            List<String> fields = csv.record(file, problems);
            if (fields.size() != names.size()) {
                problems.add(file + ":" + line + ": has " + fields.size() + " fields; the first line names "
                        + names.size() + " columns");
                continue;
            }
            Map<String, Object> values = new HashMap<>();
            for (int i = 0; i < names.size(); i++) {
                values.put(names.get(i), fields.get(i));
            }
            rows.add(new RowText(file + ":" + line, values));
        }
        return rows;
    }

    private List<String> record(String file, Problems problems) {
        List<String> fields = new ArrayList<>();
        do {
            fields.add(peek() == '"' ? quoted(file, problems) : plain());
        } while (skip(','));
        skip('\r');
        if (!skip('\n') && position < text.length()) {
            problems.add(file + ":" + line + ": has text after a quoted field");
            position = text.length();
        }
        line++;
        return fields;
    }

    private String plain() {
        int begin = position;
        while (position < text.length() && ",\r\n".indexOf(text.charAt(position)) < 0) {
            position++;
        }
        return begin == position ? null : text.substring(begin, position);
    }

    private String quoted(String file, Problems problems) {
        int begin = line;
        StringBuilder field = new StringBuilder();
        position++;
        while (position < text.length()) {
            char letter = text.charAt(position++);
            if (letter == '"' && !skip('"')) {
                return field.toString();
            }
            line += letter == '\n' ? 1 : 0;
            field.append(letter);
        }
        problems.add(file + ":" + begin + ": has a quoted field that does not end");
        return field.toString();
    }

    private int peek() {
        return position < text.length() ? text.charAt(position) : -1;
    }

    private boolean skip(char letter) {
        if (peek() != letter) {
            return false;
        }
        position++;
        return true;
    }
}
