package io.retaillake.common.sqltable;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.Problems;
import io.retaillake.common.registry.TableDefinition;
import io.retaillake.common.registry.TableRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.Row;

/** A definition's test, {@code <name>.test.yaml}: cases with rows of its inputs and the rows that they must give. */
final class TestFile {

    private static final List<String> CASE_KEYS = List.of("name", "inputs", "expected");
    private static final String EXPECTED = "expected";

    private final String file;
    private final TableDefinition table;
    private final TableRegistry registry;
    private final Function<String, Optional<String>> beside;
    private final Problems problems;

    private TestFile(
            String file,
            TableDefinition table,
            TableRegistry registry,
            Function<String, Optional<String>> beside,
            Problems problems) {
        this.file = file;
        this.table = table;
        this.registry = registry;
        this.beside = beside;
        this.problems = problems;
    }

    /**
     * Reads it.
     *
     * @param registry has the contracts of the definition's inputs
     * @param beside reads a file of rows that it names
     * @param problems gets all that is wrong with it, with file and line
     */
    static List<TestCase> read(
            String file,
            String text,
            TableDefinition table,
            TableRegistry registry,
            Function<String, Optional<String>> beside,
            Problems problems) {
        TestFile test = new TestFile(file, table, registry, beside, problems);
        return YamlMap.read(file, text, List.of("cases"), problems)
                .map(test::cases)
                .orElse(List.of());
    }

    private List<TestCase> cases(YamlMap yaml) {
        Set<String> names = new HashSet<>();
        List<TestCase> cases = yaml.maps("cases", CASE_KEYS, each -> oneCase(each, names));
        if (yaml.has("cases") && cases.isEmpty()) {
            yaml.problem("cases", "cases has none");
        }
        return cases;
    }

    private TestCase oneCase(YamlMap yaml, Set<String> names) {
        String name = yaml.text("name");
        if (!name.isEmpty() && !names.add(name)) {
            yaml.problem("name", "two cases are called '" + name + "'");
        }
        List<String> tables = table.query().orElseThrow().inputs();
        Map<String, List<Row>> inputs = new LinkedHashMap<>();
        Optional<YamlMap> given = yaml.map("inputs", tables.toArray(String[]::new));
        for (String input : tables) {
            TableContract contract = registry.contract(input);
            List<RowText> rows = given.filter(map -> map.has(input))
                    .map(map -> rows(map, input, contract))
                    .orElse(List.of());
            inputs.put(
                    input,
                    rows.stream().map(row -> row.input(contract, problems)).toList());
        }
        List<RowText> texts = rows(yaml, EXPECTED, table.contract());
        List<Row> expected = texts.stream()
                .map(row -> row.expected(table.contract(), problems))
                .toList();
        requireKeys(texts, expected);
        return new TestCase(name, file + ":" + yaml.line(), inputs, expected);
    }

    private List<RowText> rows(YamlMap yaml, String key, TableContract contract) {
        if (!yaml.hasSingleValue(key)) {
            return yaml.maps(key, contract.columnNames(), row -> new RowText(file + ":" + row.line(), row.values()));
        }
        String name = yaml.text(key);
        if (name.isEmpty()) {
            return List.of();
        }
        if (!name.endsWith(".csv") || name.contains("/")) {
            yaml.problem(
                    key, key + " is '" + name + "'; allowed: a list of rows, or the name of a .csv file beside this");
            return List.of();
        }
        String path = file.substring(0, file.lastIndexOf('/') + 1) + name;
        Optional<String> text = beside.apply(name);
        if (text.isEmpty()) {
            yaml.problem(key, key + " is " + name + ", and there is no " + path);
        }
        return text.map(rows -> CsvRows.read(path, rows, problems)).orElse(List.of());
    }

    private void requireKeys(List<RowText> texts, List<Row> rows) {
        List<String> key = table.contract().key();
        Map<List<Object>, String> places = new HashMap<>();
        for (int i = 0; !key.isEmpty() && i < rows.size(); i++) {
            Row row = rows.get(i);
            List<Object> values = new ArrayList<>();
            key.forEach(
                    name -> values.add(row.get(table.contract().columnNames().indexOf(name))));
            String before = places.putIfAbsent(values, texts.get(i).place());
            if (before != null) {
                problems.add(texts.get(i).place() + ": has the key of the row at " + before + " again ("
                        + String.join(", ", key) + " = " + values + ")");
            }
        }
    }
}
