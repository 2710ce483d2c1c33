package io.retaillake.generator;

import java.util.List;
import java.util.regex.Pattern;

/** The rows of the zipcode table, which are the same for every seed: Korea's real provinces, cities and counties. */
final class Zipcodes {

    private static final Pattern COMMA_OUTSIDE_QUOTES = Pattern.compile(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");

    private Zipcodes() {}

    /** Fields in the table's order; an empty one stands for null. */
    static List<String[]> rows() {
        return GeneratorResources.text("zipcode.csv")
                .lines()
                .skip(1)
                .map(line -> COMMA_OUTSIDE_QUOTES.split(line, -1))
                .toList();
    }

    /** The distinct first three digits, in order. */
    static List<String> shortZipcodes() {
        return rows().stream().map(row -> row[9]).distinct().sorted().toList();
    }

    static void write(CopyText out) {
        for (String[] row : rows()) {
            for (String field : row) {
                out.text(field.isEmpty() ? null : field.replace("\"", ""));
            }
            out.endRow();
        }
    }
}
