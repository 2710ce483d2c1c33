package io.retaillake.queries;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/**
 * A query's result, from whichever database.
 *
 * @param columns the columns' names
 * @param rows the rows in order, each as its values joined by bars, so that both databases' values compare
 */
record Figures(List<String> columns, List<String> rows) {

    private static final String NOTHING = "∅";

    /** A row of values as it is compared. */
    static String row(List<?> values) {
        return String.join("|", values.stream().map(Figures::cell).toList());
    }

    private static String cell(Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : Objects.toString(value, NOTHING);
    }
}
