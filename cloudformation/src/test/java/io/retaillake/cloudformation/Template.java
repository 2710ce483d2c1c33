package io.retaillake.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A CloudFormation template, its short functions ({@code !Ref x}) in their long form ({@code {"Ref": "x"}}).
 *
 * @param name the file's name without its ending, as bin/deploy calls the stack
 * @param root the document
 */
record Template(String name, JsonNode root) {

    /** The templates in the order in which they are deployed; the queries' is written by bin/deploy. */
    static final List<String> NAMES =
            List.of("network", "lake", "database", "jobs", "emr", "pipeline", "events", "streaming", "logs");

    private static final Path FOLDER = Path.of("").toAbsolutePath();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<Template> ALL = NAMES.stream()
            .map(name -> parse(FOLDER.resolve(name + ".yaml"), name))
            .toList();

    /** Every template of this module. */
    static List<Template> all() {
        return ALL;
    }

    static Template of(String name) {
        return ALL.get(NAMES.indexOf(name));
    }

    static Template parse(Path file, String name) {
        try {
            Object document = new Yaml(new ShortFunctions()).load(Files.readString(file));
            return new Template(name, JSON.valueToTree(document));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode parameters() {
        return root.path("Parameters");
    }

    JsonNode resources() {
        return root.path("Resources");
    }

    JsonNode outputs() {
        return root.path("Outputs");
    }

    /** The logical ids of the resources of a type. */
    List<String> resourcesOf(String type) {
        List<String> ids = new ArrayList<>();
        resources().fields().forEachRemaining(resource -> {
            if (resource.getValue().path("Type").asText().equals(type)) {
                ids.add(resource.getKey());
            }
        });
        return ids;
    }

    /** The arguments of every use of a function below {@code node}. */
    static List<JsonNode> uses(JsonNode node, String function) {
        List<JsonNode> found = new ArrayList<>();
        collect(node, function, found);
        return found;
    }

    private static void collect(JsonNode node, String function, List<JsonNode> found) {
        if (node.has(function)) {
            found.add(node.get(function));
        }
        node.forEach(child -> collect(child, function, found));
    }

    /** The fields of an object, in order. */
    static Iterable<Map.Entry<String, JsonNode>> fields(JsonNode object) {
        return () -> {
            Iterator<Map.Entry<String, JsonNode>> fields = object.fields();
            return fields;
        };
    }

    /** Reads {@code !Sub x} as {@code {"Fn::Sub": x}}. */
    private static final class ShortFunctions extends SafeConstructor {

        ShortFunctions() {
            super(options());
            yamlMultiConstructors.put("!", new AbstractConstruct() {
                @Override
                public Object construct(Node node) {
                    return longForm(node);
                }
            });
        }

        private static LoaderOptions options() {
            LoaderOptions options = new LoaderOptions();
            options.setAllowDuplicateKeys(false);
            return options;
        }

        private Object longForm(Node node) {
            String name = node.getTag().getValue().substring(1);
            Object argument;
            if (node instanceof ScalarNode scalar) {
                argument = scalar.getValue();
            } else if (node instanceof SequenceNode sequence) {
                argument = constructSequence(sequence);
            } else {
                argument = constructMapping((MappingNode) node);
            }
            if (name.equals("GetAtt") && argument instanceof String text) {
                argument = List.of(text.split("\\.", 2));
            }
            return Map.of(name.equals("Ref") || name.equals("Condition") ? name : "Fn::" + name, argument);
        }
    }
}
