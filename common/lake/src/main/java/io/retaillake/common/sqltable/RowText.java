package io.retaillake.common.sqltable;

import io.retaillake.common.command.ClosestName;
import io.retaillake.common.contract.Column;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * A row of a test as it was written.
 *
 * @param place file and line
 * @param values a text, a list of texts, or null, by the columns' names
 */
record RowText(String place, Map<String, Object> values) {

    /**
     * A row of a table that a query reads. A column that is not given is null; a required one is what {@link ColumnValue} has for it.
     *
     * @param problems gets what is no value of its column's type, and columns that there are not
     */
    Row input(TableContract contract, Problems problems) {
        return row(contract, false, problems);
    }

    /** A row that a query is to give: the same, but that required columns must be given. */
    Row expected(TableContract contract, Problems problems) {
        return row(contract, true, problems);
    }

    private Row row(TableContract contract, boolean requiredAreGiven, Problems problems) {
        for (String name : values.keySet()) {
            if (!contract.columnNames().contains(name)) {
                problems.add(place + ": " + contract + " has no column '" + name + "'"
                        + ClosestName.of(name, contract.columnNames())
                                .map(near -> "; did you mean " + near + "?")
                                .orElse(""));
            }
        }
        List<Object> row = new ArrayList<>();
        for (Column column : contract.columns()) {
            Object given = values.get(column.name());
            if (given != null) {
                Optional<Object> value = ColumnValue.parse(given, column.type());
                if (value.isEmpty()) {
                    problems.add(place + ": " + column.name() + " is '" + given + "', which is no "
                            + column.type().simpleString() + ColumnValue.form(column.type()));
                }
                row.add(value.orElse(null));
            } else if (column.nullable()) {
                row.add(null);
            } else {
                if (requiredAreGiven || values.containsKey(column.name())) {
                    problems.add(place + ": " + column.name() + " has no value, but is required");
                }
                row.add(ColumnValue.standIn(column.type()));
            }
        }
        return RowFactory.create(row.toArray());
    }
}
