package io.retaillake.common.sqltable;

import io.retaillake.common.amount.KrwAmounts;
import io.retaillake.common.contract.Column;
import io.retaillake.common.contract.PartitionField;
import io.retaillake.common.registry.TableDefinition.AddsUpTo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;

/** The columns of a definition, and what else in it names them. */
final class DefinedColumns {

    private static final List<String> KEYS = List.of("name", "type", "required", "en", "ko", "example");
    private static final Pattern MONTHS = Pattern.compile("months\\(\\s*([^)]*?)\\s*\\)");

    private final YamlMap yaml;
    private final List<Column> columns;

    private DefinedColumns(YamlMap yaml, List<Column> columns) {
        this.yaml = yaml;
        this.columns = columns;
    }

    /** Reads the columns; what is wrong with one is a problem, and it is left out. */
    static DefinedColumns read(YamlMap yaml) {
        List<Column> columns = yaml.maps("columns", KEYS, DefinedColumns::column).stream()
                .flatMap(Optional::stream)
                .toList();
        requireDifferent(yaml, "columns", columns.stream().map(Column::name).toList());
        if (yaml.has("columns") && columns.isEmpty()) {
            yaml.problem("columns", "columns has none");
        }
        return new DefinedColumns(yaml, columns);
    }

    List<Column> all() {
        return columns;
    }

    /** The columns that no two rows share. */
    List<String> key() {
        List<String> key = known("key", yaml.texts("key"));
        requireDifferent(yaml, "key", key);
        return key;
    }

    /** How the table's files are divided. */
    List<PartitionField> partitions() {
        if (!yaml.has("partitions")) {
            return List.of();
        }
        List<PartitionField> partitions = yaml.texts("partitions").stream()
                .flatMap(text -> partition(text).stream())
                .toList();
        requireDifferent(
                yaml,
                "partitions",
                partitions.stream().map(PartitionField::toString).toList());
        return partitions.stream().distinct().toList();
    }

    private static Optional<Column> column(YamlMap yaml) {
        String name = yaml.text("name");
        String typeName = yaml.text("type");
        String meaning = yaml.text("en");
        String koreanMeaning = yaml.text("ko");
        boolean required = yaml.flag("required");
        String example = yaml.optionalText("example").orElse("");
        if (!name.isEmpty() && !SqlTableFile.NAME.matcher(name).matches()) {
            yaml.problem(
                    "name",
                    "the column is called '" + name
                            + "'; allowed: up to 63 small letters, digits and _, the first a letter");
        }
        Optional<DataType> type = typeName.isEmpty() ? Optional.empty() : ColumnType.parse(typeName);
        if (!typeName.isEmpty() && type.isEmpty()) {
            yaml.problem("type", "type is '" + typeName + "'; allowed: " + ColumnType.ALLOWED);
        }
        return name.isEmpty() || type.isEmpty()
                ? Optional.empty()
                : Optional.of(new Column(name, type.get(), !required, meaning, koreanMeaning, example));
    }

    static void requireDifferent(YamlMap yaml, String key, List<String> names) {
        Set<String> seen = new HashSet<>();
        names.stream()
                .filter(name -> !seen.add(name))
                .distinct()
                .forEach(name -> yaml.problem(key, key + " has " + name + " twice"));
    }

    private List<String> known(String key, List<String> names) {
        List<String> known = new ArrayList<>();
        for (String name : names) {
            if (column(name).isPresent()) {
                known.add(name);
            } else {
                yaml.problem(key, key + " has '" + name + "', which is no column");
            }
        }
        return known;
    }

    private Optional<Column> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    private Optional<PartitionField> partition(String text) {
        Matcher months = MONTHS.matcher(text);
        boolean byMonth = months.matches();
        String name = byMonth ? months.group(1) : text;
        Optional<Column> column = column(name);
        if (column.isEmpty()) {
            yaml.problem(
                    "partitions",
                    "partitions has '" + text + "'; allowed: a column's name, or months(…) around a date's");
        } else if (byMonth && !(column.get().type() instanceof DateType)) {
            yaml.problem("partitions", "partitions has '" + text + "', but " + name + " is no date");
        } else {
            return Optional.of(byMonth ? PartitionField.month(name) : PartitionField.identity(name));
        }
        return Optional.empty();
    }

    /** The column that tells a row's month, where the scope is months; else empty. */
    Optional<String> month(List<PartitionField> partitions) {
        String scope = yaml.text("scope");
        if (scope.equals("everything")) {
            if (yaml.has("month_column")) {
                yaml.problem(
                        "month_column",
                        "month_column is given, but scope is everything; leave it out, or have scope: months");
            }
            return Optional.empty();
        }
        if (!scope.equals("months")) {
            if (!scope.isEmpty()) {
                yaml.problem("scope", "scope is '" + scope + "'; allowed: months, everything");
            }
            return Optional.empty();
        }
        String name = yaml.text("month_column");
        Optional<Column> column = column(name);
        if (!name.isEmpty() && column.isEmpty()) {
            yaml.problem("month_column", "month_column is '" + name + "', which is no column");
        }
        column.filter(month -> !(month.type() instanceof DateType) || month.nullable())
                .ifPresent(month -> yaml.problem(
                        "month_column", "month_column is " + name + ", which is no date that is required"));
        if (column.isPresent() && !partitions.contains(PartitionField.month(name))) {
            yaml.problem(
                    "partitions",
                    "scope is months, so that a run replaces months, but partitions lacks months(" + name + ")");
        }
        return column.map(Column::name);
    }

    /** What the table claims to add up to, if anything. */
    Optional<AddsUpTo> addsUpTo() {
        if (!yaml.has("adds_up_to")) {
            return Optional.empty();
        }
        return yaml.map("adds_up_to", "table", "amount", "rows").map(map -> {
            AddsUpTo claim = new AddsUpTo(map.text("table"), map.text("amount"), map.text("rows"));
            requireType(map, "amount", claim.amountColumn(), KrwAmounts.TOTAL);
            requireType(map, "rows", claim.rowsColumn(), DataTypes.LongType);
            return claim;
        });
    }

    private void requireType(YamlMap map, String key, String name, DataType type) {
        if (!name.isEmpty()
                && column(name)
                        .filter(column -> column.type().equals(type) && !column.nullable())
                        .isEmpty()) {
            map.problem(key, key + " is '" + name + "'; allowed: a required column of type " + type.simpleString());
        }
    }
}
