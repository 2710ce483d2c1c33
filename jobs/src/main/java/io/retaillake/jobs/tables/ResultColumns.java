package io.retaillake.jobs.tables;

import io.retaillake.common.command.TextTable;
import io.retaillake.common.contract.Column;
import io.retaillake.common.contract.TableContract;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Compares the columns of a query's result with those of the contract. */
final class ResultColumns {

    private ResultColumns() {}

    /** Nothing if they are the same; else both, side by side. */
    static Optional<String> difference(TableContract contract, StructType result) {
        List<StructField> fields = Arrays.asList(result.fields());
        List<List<String>> lines = new ArrayList<>();
        boolean same = contract.columns().size() == fields.size();
        for (int i = 0; i < Math.max(contract.columns().size(), fields.size()); i++) {
            Optional<Column> column = i < contract.columns().size()
                    ? Optional.of(contract.columns().get(i))
                    : Optional.empty();
            Optional<StructField> field = i < fields.size() ? Optional.of(fields.get(i)) : Optional.empty();
            String verdict = verdict(contract, fields, column, field);
            same &= verdict.isEmpty();
            lines.add(List.of(
                    Integer.toString(i + 1),
                    column.map(each -> each.name() + " " + each.type().simpleString())
                            .orElse(""),
                    field.map(each -> each.name() + " " + each.dataType().simpleString())
                            .orElse(""),
                    verdict));
        }
        return same
                ? Optional.empty()
                : Optional.of("the query's columns are not the contract's\n    "
                        + String.join(
                                "\n    ",
                                TextTable.lines(
                                        List.of("", "contract", "query", ""),
                                        new boolean[] {true, false, false, false},
                                        lines)));
    }

    private static String verdict(
            TableContract contract, List<StructField> fields, Optional<Column> column, Optional<StructField> field) {
        if (column.isPresent()
                && field.isPresent()
                && column.get().name().equals(field.get().name())) {
            return isSame(column.get().type(), field.get().dataType())
                    ? ""
                    : "other type: cast(… AS " + column.get().type().simpleString() + ")";
        }
        List<String> verdicts = new ArrayList<>();
        column.ifPresent(each -> verdicts.add(each.name()
                + (fields.stream().anyMatch(other -> other.name().equals(each.name()))
                        ? " is elsewhere"
                        : " is missing")));
        field.filter(each -> !contract.columnNames().contains(each.name()))
                .ifPresent(each -> verdicts.add(each.name() + " is too much"));
        return String.join(", ", verdicts);
    }

    /** Whether values of both types are the same, whatever may be null. */
    private static boolean isSame(DataType contract, DataType result) {
        return DataType.equalsIgnoreNullability(contract, result);
    }
}
