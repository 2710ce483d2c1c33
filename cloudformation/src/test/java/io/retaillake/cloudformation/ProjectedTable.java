package io.retaillake.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A Glue table whose folders Athena works out by projection.
 *
 * @param input the resource's TableInput
 */
record ProjectedTable(JsonNode input) {

    /** The table of a stack. */
    static ProjectedTable of(Deployment deployment, String stack, String id) {
        return new ProjectedTable(
                deployment.resources(stack).get(id).path("Properties").path("TableInput"));
    }

    /** The names of the columns that folders stand for, in their order. */
    List<String> partitionKeys() {
        List<String> names = new ArrayList<>();
        input.path("PartitionKeys").forEach(key -> names.add(key.path("Name").asText()));
        return names;
    }

    /** Name → type of the other columns, in their order. */
    Map<String, String> columns() {
        return columns("Type");
    }

    /** Name → comment of the other columns, in their order. */
    Map<String, String> comments() {
        return columns("Comment");
    }

    private Map<String, String> columns(String attribute) {
        Map<String, String> columns = new LinkedHashMap<>();
        input.path("StorageDescriptor")
                .path("Columns")
                .forEach(column -> columns.put(
                        column.path("Name").asText(), column.path(attribute).asText()));
        return columns;
    }

    String parameter(String name) {
        return input.path("Parameters").path(name).asText();
    }

    /** Where Athena looks for these values of the keys, numbers with any digits; they must be of the projections' ranges. */
    String folder(Map<String, String> values) {
        String folder = parameter("storage.location.template") + "/";
        for (Map.Entry<String, String> key : values.entrySet()) {
            folder = folder.replace("${" + key.getKey() + "}", projected(key.getKey(), key.getValue()));
        }
        return folder;
    }

    private String projected(String key, String value) {
        String projection = "projection." + key + ".";
        assertThat(parameter(projection + "type")).isEqualTo("integer");
        String[] range = parameter(projection + "range").split(",", 2);
        int number = Integer.parseInt(value);
        assertThat(number).isBetween(Integer.parseInt(range[0]), Integer.parseInt(range[1]));
        return String.format("%0" + parameter(projection + "digits") + "d", number);
    }
}
