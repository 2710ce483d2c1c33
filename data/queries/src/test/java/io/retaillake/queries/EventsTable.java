package io.retaillake.queries;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The table of events in Trino's words, made of what events.yaml tells Athena. */
final class EventsTable {

    private static final Path TEMPLATE = Path.of("../../cloudformation/events.yaml");

    private EventsTable() {}

    /** The statement that creates it over the files below {@code data}. */
    static String ddl(Path data) {
        Map<?, ?> input = at(at(at(at(template(), "Resources"), "Table"), "Properties"), "TableInput");
        Map<?, ?> parameters = at(input, "Parameters");
        List<String> columns = new ArrayList<>();
        for (Object column : (List<?>) at(input, "StorageDescriptor").get("Columns")) {
            columns.add(column((Map<?, ?>) column, ""));
        }
        List<String> partitions = new ArrayList<>();
        for (Object column : (List<?>) input.get("PartitionKeys")) {
            Map<?, ?> key = (Map<?, ?>) column;
            String projection = "projection." + key.get("Name") + ".";
            partitions.add("'" + key.get("Name") + "'");
            columns.add(column(
                    key,
                    " WITH (partition_projection_type = '%s', partition_projection_range = ARRAY['%s'], partition_projection_digits = %s)"
                            .formatted(
                                    parameters
                                            .get(projection + "type")
                                            .toString()
                                            .toUpperCase(Locale.ROOT),
                                    parameters
                                            .get(projection + "range")
                                            .toString()
                                            .replace(",", "', '"),
                                    parameters.get(projection + "digits"))));
        }
        String location = parameters.get("storage.location.template").toString();
        String template = data.toUri()
                + location.substring(location.indexOf("/year=") + 1).replace("${!", "${");
        return "CREATE TABLE events.events_json (" + String.join(", ", columns) + ") WITH (external_location = '"
                + data.toUri() + "', format = 'JSON', partitioned_by = ARRAY[" + String.join(", ", partitions)
                + "], partition_projection_enabled = " + parameters.get("projection.enabled")
                + ", partition_projection_location_template = '" + template + "/')";
    }

    private static String column(Map<?, ?> column, String properties) {
        String type = column.get("Type")
                .toString()
                .replace("string", "varchar")
                .replace("<", "(")
                .replace(">", ")");
        return "\"" + column.get("Name") + "\" " + type + properties;
    }

    private static Map<?, ?> template() {
        return new Yaml(new WithoutFunctions()).load(Resources.text(TEMPLATE));
    }

    private static Map<?, ?> at(Map<?, ?> map, String name) {
        return (Map<?, ?>) map.get(name);
    }

    /** Reads {@code !Sub x} as x, and forgets functions of more. */
    private static final class WithoutFunctions extends SafeConstructor {

        WithoutFunctions() {
            super(new LoaderOptions());
            yamlMultiConstructors.put("!", new AbstractConstruct() {
                @Override
                public Object construct(Node node) {
                    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
                }
            });
        }
    }
}
