package io.retaillake.common.sqltable;

import io.retaillake.common.command.ClosestName;
import io.retaillake.common.job.Problems;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A mapping of a YAML file, whose values are asked for by key; what is wrong with one is a problem with file and line. */
final class YamlMap {

    private final String file;
    private final Problems problems;
    private final int line;
    private final Map<String, NodeTuple> entries = new LinkedHashMap<>();

    private YamlMap(String file, MappingNode node, List<String> allowed, Problems problems) {
        this.file = file;
        this.problems = problems;
        this.line = line(node);
        for (NodeTuple entry : node.getValue()) {
            String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            if (!allowed.contains(key)) {
                String suggestion = ClosestName.of(key, allowed)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("; allowed: " + String.join(", ", allowed));
                problem(line(entry.getKeyNode()), "unknown key '" + key + "'" + suggestion);
            } else if (entries.put(key, entry) != null) {
                problem(line(entry.getKeyNode()), key + " is given twice");
            }
        }
    }

    /** The one mapping that a file is; empty, and a problem, where it is none. */
    static Optional<YamlMap> read(String file, String text, List<String> allowed, Problems problems) {
        try {
            Node node = new Yaml(new LoaderOptions()).compose(new StringReader(text));
            if (node instanceof MappingNode map) {
                return Optional.of(new YamlMap(file, map, allowed, problems));
            }
            problems.add(file + ":1: is no YAML mapping of keys and values");
        } catch (MarkedYAMLException e) {
            Mark begin = e.getContextMark() == null ? e.getProblemMark() : e.getContextMark();
            int line = begin == null ? 1 : begin.getLine() + 1;
            problems.add(file + ":" + line + ": is no YAML: " + e.getProblem());
        } catch (YAMLException e) {
            problems.add(file + ":1: is no YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    /** Adds a problem with what stands at {@code key}, or with the mapping where it has no such key. */
    void problem(String key, String message) {
        problem(lineOf(key), message);
    }

    private void problem(int atLine, String message) {
        problems.add(file + ":" + atLine + ": " + message);
    }

    /** The line of a key, counted from 1; that of the mapping where it has no such key. */
    private int lineOf(String key) {
        return entries.containsKey(key) ? line(entries.get(key).getKeyNode()) : line;
    }

    boolean has(String key) {
        return entries.containsKey(key);
    }

    /** A text that must be there; blank where it is not, which is a problem. */
    String text(String key) {
        if (!has(key)) {
            problem(key, key + " is missing");
            return "";
        }
        String text = scalar(key).orElse("");
        if (text.isBlank()) {
            problem(key, key + " is empty");
        }
        return text.strip();
    }

    /** A text that may be there. */
    Optional<String> optionalText(String key) {
        return has(key) ? Optional.of(text(key)) : Optional.empty();
    }

    private Optional<String> scalar(String key) {
        if (entries.get(key).getValueNode() instanceof ScalarNode scalar) {
            return Optional.of(scalar.getValue());
        }
        problem(key, key + " is no single value");
        return Optional.empty();
    }

    /** Whether it is true; false where it is not there. */
    boolean flag(String key) {
        if (!has(key)) {
            return false;
        }
        String value = scalar(key).orElse("false");
        if (!value.equals("true") && !value.equals("false")) {
            problem(key, key + " is '" + value + "'; allowed: true, false");
        }
        return value.equals("true");
    }

    /** The texts of a list that must be there. */
    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (Node element : elements(key)) {
            if (element instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
                texts.add(scalar.getValue().strip());
            } else {
                problem(line(element), key + " has an element that is no text");
            }
        }
        return texts;
    }

    /** The line where it begins, counted from 1. */
    int line() {
        return line;
    }

    /** Whether there is a single value at {@code key}, neither a list nor a mapping. */
    boolean hasSingleValue(String key) {
        return has(key) && entries.get(key).getValueNode() instanceof ScalarNode;
    }

    /** All values by their keys: a text as it was written, a list of such texts, or null; what is neither is a problem. */
    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        entries.forEach((key, entry) -> {
            if (entry.getValueNode() instanceof SequenceNode) {
                values.put(key, texts(key));
            } else if (entry.getValueNode().getTag().equals(Tag.NULL)) {
                values.put(key, null);
            } else {
                scalar(key).ifPresent(text -> values.put(key, text));
            }
        });
        return values;
    }

    /** A mapping that must be there. */
    Optional<YamlMap> map(String key, String... allowed) {
        if (!has(key)) {
            problem(key, key + " is missing");
            return Optional.empty();
        }
        if (entries.get(key).getValueNode() instanceof MappingNode map) {
            return Optional.of(new YamlMap(file, map, List.of(allowed), problems));
        }
        problem(key, key + " is no mapping with " + String.join(", ", allowed));
        return Optional.empty();
    }

    /** What {@code read} makes of each mapping of a list that must be there. */
    <T> List<T> maps(String key, List<String> allowed, Function<YamlMap, T> read) {
        List<T> values = new ArrayList<>();
        for (Node element : elements(key)) {
            if (element instanceof MappingNode map) {
                values.add(read.apply(new YamlMap(file, map, allowed, problems)));
            } else {
                problem(line(element), key + " has an element that is no mapping with " + String.join(", ", allowed));
            }
        }
        return values;
    }

    private List<Node> elements(String key) {
        if (!has(key)) {
            problem(key, key + " is missing");
            return List.of();
        }
        if (entries.get(key).getValueNode() instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        problem(key, key + " is no list");
        return List.of();
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }
}
