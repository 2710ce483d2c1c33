package io.retaillake.common.sqltable;

import io.retaillake.common.amount.KrwAmounts;
import io.retaillake.common.contract.Column;
import io.retaillake.common.contract.Layer;
import io.retaillake.common.contract.PartitionField;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.Problems;
import io.retaillake.common.registry.TableDefinition;
import io.retaillake.common.registry.TableDefinition.AddsUpTo;
import io.retaillake.common.registry.TableQuery;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;

/**
 * A table's two files: {@code <name>.yaml}, its contract, and {@code <name>.sql}, its query. What is wrong with the contract in
 * itself is a problem when it is read; what is wrong with it among other tables, when it is {@linkplain #check checked}.
 */
final class SqlTableFile {

    private static final List<String> KEYS =
            List.of("table", "grain", "inputs", "scope", "month_column", "key", "partitions", "columns", "adds_up_to");
    private static final List<String> COLUMN_KEYS = List.of("name", "type", "required", "en", "ko", "example");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final Pattern MONTHS = Pattern.compile("months\\(\\s*([^)]*?)\\s*\\)");
    private static final List<Layer> LAYERS = List.of(Layer.GOLD, Layer.SILVER);
    private static final int VERSION_BYTES = 8;

    /** A query's tasks each have rows of all partitions; unless they exchange them, each writes a file into each. */
    private static final Map<String, String> WRITTEN_BY_PARTITION = Map.of("write.distribution-mode", "hash");

    private static final String YAML_PROPERTY = TableContract.DEFINITION + "yaml";
    private static final String SQL_PROPERTY = TableContract.DEFINITION + "sql";

    private final YamlMap yaml;
    private final TableDefinition definition;

    private SqlTableFile(YamlMap yaml, TableDefinition definition) {
        this.yaml = yaml;
        this.definition = definition;
    }

    /**
     * Reads the two files.
     *
     * @param path where they are, without the ending
     * @return empty, and problems, where they do not say which table they define
     */
    static Optional<SqlTableFile> read(String path, String yaml, String sql, Problems problems) {
        return YamlMap.read(path + ".yaml", yaml, KEYS, problems).flatMap(map -> {
            String name = path.substring(path.lastIndexOf('/') + 1);
            return name(map, name)
                    .map(layer ->
                            new SqlTableFile(map, definition(map, layer, name, new Texts(path + ".sql", yaml, sql))));
        });
    }

    /**
     * Reads what a table keeps of them.
     *
     * @param table its qualified name
     * @param properties the table's
     * @return empty, and problems, where that is no definition of this table
     */
    static Optional<SqlTableFile> read(String table, Map<String, String> properties, Problems problems) {
        String path = "lake:" + table.replace('.', '/');
        String yaml = properties.get(YAML_PROPERTY);
        String sql = properties.get(SQL_PROPERTY);
        if (yaml == null || sql == null) {
            problems.add(table + " lacks the property " + (yaml == null ? YAML_PROPERTY : SQL_PROPERTY));
            return Optional.empty();
        }
        Optional<SqlTableFile> file = read(path, yaml, sql, problems);
        if (file.isPresent() && !file.get().definition.name().equals(table)) {
            problems.add(path + " defines " + file.get().definition.name());
        }
        return problems.isEmpty() ? file : Optional.empty();
    }

    private record Texts(String file, String yaml, String sql) {

        String version() {
            return SqlTableFile.version(yaml, sql);
        }

        Map<String, String> properties() {
            Map<String, String> properties = new HashMap<>(WRITTEN_BY_PARTITION);
            properties.put(YAML_PROPERTY, yaml);
            properties.put(SQL_PROPERTY, sql);
            return properties;
        }
    }

    TableDefinition definition() {
        return definition;
    }

    /** The layer, if the table's name is that of the files in a layer. */
    private static Optional<Layer> name(YamlMap yaml, String fileName) {
        String table = yaml.text("table");
        if (table.isEmpty()) {
            return Optional.empty();
        }
        if (!NAME.matcher(fileName).matches()) {
            yaml.problem(
                    "table",
                    "the files are called '" + fileName + "'; a table's name has up to 63 small letters, digits and _,"
                            + " the first a letter");
            return Optional.empty();
        }
        Optional<Layer> layer = LAYERS.stream()
                .filter(each -> table.equals(each.namespace() + "." + fileName))
                .findFirst();
        if (layer.isEmpty()) {
            yaml.problem(
                    "table",
                    "table is '" + table + "'; allowed of files with this name: gold." + fileName + ", silver."
                            + fileName);
        }
        return layer;
    }

    private static TableDefinition definition(YamlMap yaml, Layer layer, String name, Texts texts) {
        Optional<YamlMap> grain = yaml.map("grain", "en", "ko");
        List<Column> columns = yaml.maps("columns", COLUMN_KEYS, SqlTableFile::column).stream()
                .flatMap(Optional::stream)
                .toList();
        requireDifferent(yaml, "columns", columns.stream().map(Column::name).toList());
        if (yaml.has("columns") && columns.isEmpty()) {
            yaml.problem("columns", "columns has none");
        }
        List<String> key = known(yaml, "key", yaml.texts("key"), columns);
        requireDifferent(yaml, "key", key);
        List<PartitionField> partitions = yaml.has("partitions")
                ? yaml.texts("partitions").stream()
                        .flatMap(text -> partition(yaml, text, columns).stream())
                        .toList()
                : List.of();
        List<String> inputs = yaml.texts("inputs");
        requireDifferent(yaml, "inputs", inputs);
        if (yaml.has("inputs") && inputs.isEmpty()) {
            yaml.problem("inputs", "inputs has none; name the tables that the query reads");
        }
        Optional<String> month = month(yaml, columns, partitions);
        TableContract contract = new TableContract(
                layer,
                name,
                TableContract.sqlTablesFolder(layer) + "/" + name,
                grain.map(map -> map.text("en")).orElse(""),
                grain.map(map -> map.text("ko")).orElse(""),
                columns,
                key,
                partitions,
                texts.properties());
        return new TableDefinition(
                contract,
                addsUpTo(yaml, columns),
                Optional.of(new TableQuery(texts.sql(), inputs, month, texts.file(), texts.version())));
    }

    private static Optional<Column> column(YamlMap yaml) {
        String name = yaml.text("name");
        String typeName = yaml.text("type");
        String meaning = yaml.text("en");
        String koreanMeaning = yaml.text("ko");
        boolean required = yaml.flag("required");
        String example = yaml.optionalText("example").orElse("");
        if (!name.isEmpty() && !NAME.matcher(name).matches()) {
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

    private static void requireDifferent(YamlMap yaml, String key, List<String> names) {
        Set<String> seen = new HashSet<>();
        names.stream()
                .filter(name -> !seen.add(name))
                .distinct()
                .forEach(name -> yaml.problem(key, key + " has " + name + " twice"));
    }

    private static List<String> known(YamlMap yaml, String key, List<String> names, List<Column> columns) {
        List<String> known = new ArrayList<>();
        for (String name : names) {
            if (column(columns, name).isPresent()) {
                known.add(name);
            } else {
                yaml.problem(key, key + " has '" + name + "', which is no column");
            }
        }
        return known;
    }

    private static Optional<Column> column(List<Column> columns, String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    private static Optional<PartitionField> partition(YamlMap yaml, String text, List<Column> columns) {
        Matcher months = MONTHS.matcher(text);
        boolean byMonth = months.matches();
        String name = byMonth ? months.group(1) : text;
        Optional<Column> column = column(columns, name);
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

    private static Optional<String> month(YamlMap yaml, List<Column> columns, List<PartitionField> partitions) {
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
        Optional<Column> column = column(columns, name);
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

    private static Optional<AddsUpTo> addsUpTo(YamlMap yaml, List<Column> columns) {
        if (!yaml.has("adds_up_to")) {
            return Optional.empty();
        }
        return yaml.map("adds_up_to", "table", "amount", "rows").map(map -> {
            AddsUpTo claim = new AddsUpTo(map.text("table"), map.text("amount"), map.text("rows"));
            requireType(map, "amount", claim.amountColumn(), columns, KrwAmounts.TOTAL);
            requireType(map, "rows", claim.rowsColumn(), columns, DataTypes.LongType);
            return claim;
        });
    }

    private static void requireType(YamlMap yaml, String key, String name, List<Column> columns, DataType type) {
        if (!name.isEmpty()
                && column(columns, name)
                        .filter(column -> column.type().equals(type) && !column.nullable())
                        .isEmpty()) {
            yaml.problem(key, key + " is '" + name + "'; allowed: a required column of type " + type.simpleString());
        }
    }

    /** Adds a problem with the table's name. */
    void refuseName(String message) {
        yaml.problem("table", "table is " + definition.name() + ": " + message);
    }

    /** Checks it among the tables that there are: whether its inputs are there, and what it adds up to has totals. */
    void check(Map<String, TableDefinition> tables) {
        TableQuery query = definition.query().orElseThrow();
        for (String input : query.inputs()) {
            if (input.equals(definition.name())) {
                yaml.problem("inputs", "inputs has " + input + ", the table itself");
            } else if (!tables.containsKey(input)) {
                yaml.problem(
                        "inputs",
                        "inputs has '" + input + "', which is no table; there are "
                                + String.join(", ", tables.keySet()));
            }
        }
        definition.addsUpTo().ifPresent(claim -> {
            if (!query.inputs().contains(claim.table())) {
                yaml.problem(
                        "adds_up_to", "adds_up_to has the table '" + claim.table() + "', which is not among inputs");
            } else if (tables.containsKey(claim.table()) && !ControlTotalColumns.exist(tables.get(claim.table()))) {
                yaml.problem(
                        "adds_up_to",
                        "adds_up_to has the table " + claim.table()
                                + ", which has no totals: allowed are silver.purchases, and tables that add up themselves");
            }
        });
    }

    private static String version(String yaml, String sql) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(yaml.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            byte[] hash = digest.digest(sql.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, VERSION_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
