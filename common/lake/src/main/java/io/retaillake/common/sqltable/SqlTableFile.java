package io.retaillake.common.sqltable;

import io.retaillake.common.contract.Layer;
import io.retaillake.common.contract.PartitionField;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.Problems;
import io.retaillake.common.registry.TableDefinition;
import io.retaillake.common.registry.TableQuery;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A table's two files: {@code <name>.yaml}, its contract, and {@code <name>.sql}, its query. What is wrong with the contract in
 * itself is a problem when it is read; what is wrong with it among other tables, when it is {@linkplain #check checked}.
 */
final class SqlTableFile {

    private static final List<String> KEYS = List.of(
            "table", "grain", "build", "inputs", "scope", "month_column", "key", "partitions", "columns", "adds_up_to");
    private static final List<String> BUILDS = List.of("in_pipeline", "on_request");
    /** What tables and columns may be called. */
    static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

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
        DefinedColumns columns = DefinedColumns.read(yaml);
        List<String> key = columns.key();
        List<PartitionField> partitions = columns.partitions();
        List<String> inputs = yaml.texts("inputs");
        DefinedColumns.requireDifferent(yaml, "inputs", inputs);
        if (yaml.has("inputs") && inputs.isEmpty()) {
            yaml.problem("inputs", "inputs has none; name the tables that the query reads");
        }
        Optional<String> month = columns.month(partitions);
        boolean onRequest = isOnRequest(yaml);
        TableContract contract = new TableContract(
                layer,
                name,
                TableContract.sqlTablesFolder(layer) + "/" + name,
                grain.map(map -> map.text("en")).orElse(""),
                grain.map(map -> map.text("ko")).orElse(""),
                columns.all(),
                key,
                partitions,
                texts.properties());
        return new TableDefinition(
                contract,
                columns.addsUpTo(),
                Optional.of(new TableQuery(texts.sql(), inputs, month, onRequest, texts.file(), texts.version())));
    }

    private static boolean isOnRequest(YamlMap yaml) {
        String build = yaml.optionalText("build").orElse(BUILDS.get(0));
        if (!BUILDS.contains(build)) {
            yaml.problem("build", "build is '" + build + "'; allowed: " + String.join(", ", BUILDS));
        }
        return build.equals(BUILDS.get(1));
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
