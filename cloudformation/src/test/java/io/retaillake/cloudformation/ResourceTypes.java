package io.retaillake.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/** What AWS publishes about the resource types in use; cloudformation/resource-types.mjs extracts it. */
final class ResourceTypes {

    private final JsonNode published;

    private ResourceTypes(JsonNode published) {
        this.published = published;
    }

    static ResourceTypes load() {
        try (InputStream stream = ResourceTypes.class.getResourceAsStream("/resource-types.json")) {
            return new ResourceTypes(new ObjectMapper().readTree(stream));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The properties of a type; missing if the type is not among those extracted. */
    JsonNode properties(String type) {
        return published.path("resources").path(type).path("properties");
    }

    /** The attributes that GetAtt may ask a type for. */
    Set<String> attributes(String type) {
        Set<String> attributes = new HashSet<>();
        published.path("resources").path(type).path("attributes").forEach(name -> attributes.add(name.asText()));
        return attributes;
    }

    /** Everything about evaluated properties that AWS would refuse. */
    List<String> problems(String place, String type, JsonNode properties) {
        if (properties(type).isMissingNode()) {
            return List.of(
                    place + ": " + type + " is not in resource-types.json; run cloudformation/resource-types.mjs");
        }
        List<String> problems = new ArrayList<>();
        check(place, properties, properties(type), problems);
        return problems;
    }

    private void check(String place, JsonNode value, JsonNode properties, List<String> problems) {
        for (Map.Entry<String, JsonNode> field : Template.fields(value)) {
            JsonNode property = properties.path(field.getKey());
            if (property.isMissingNode()) {
                problems.add(place + "." + field.getKey() + ": there is no such property");
            } else {
                String problem =
                        mismatch(place + "." + field.getKey(), field.getValue(), property.path("type"), problems);
                if (problem != null) {
                    problems.add(place + "." + field.getKey() + ": " + problem);
                }
            }
        }
        for (Map.Entry<String, JsonNode> property : Template.fields(properties)) {
            if (property.getValue().path("required").asBoolean() && !value.has(property.getKey())) {
                problems.add(place + "." + property.getKey() + " is required");
            }
        }
    }

    /** What is wrong with a value itself, or null; what is wrong inside it is added to {@code problems}. */
    private String mismatch(String place, JsonNode value, JsonNode type, List<String> problems) {
        if (type.isTextual()) {
            return scalarMismatch(value, type.asText());
        }
        if (type.has("values")) {
            boolean isAmong = StreamSupport.stream(type.path("values").spliterator(), false)
                    .anyMatch(allowed -> allowed.asText().equals(value.asText()));
            return isAmong ? null : value + " is not among " + type.path("values");
        }
        if (type.has("list")) {
            if (!value.isArray()) {
                return value + " is not a list";
            }
            value.forEach(element -> {
                String problem = mismatch(place + "[]", element, type.path("list"), problems);
                if (problem != null) {
                    problems.add(place + "[]: " + problem);
                }
            });
            return null;
        }
        if (type.has("any")) {
            return StreamSupport.stream(type.path("any").spliterator(), false).anyMatch(each -> {
                        List<String> inside = new ArrayList<>();
                        return mismatch(place, value, each, inside) == null && inside.isEmpty();
                    })
                    ? null
                    : value + " is none of " + type.path("any");
        }
        if (!value.isObject()) {
            return value + " is not an object";
        }
        if (type.has("object")) {
            check(
                    place,
                    value,
                    published.path("definitions").path(type.path("object").asText()),
                    problems);
        }
        return null;
    }

    private static String scalarMismatch(JsonNode value, String type) {
        String text = value.asText();
        boolean fits = switch (type) {
            case "string" -> value.isValueNode();
            case "integer" -> value.isValueNode() && text.matches("-?\\d+");
            case "number" -> value.isValueNode() && text.matches("-?\\d+(\\.\\d+)?");
            case "boolean" -> text.equals("true") || text.equals("false");
            case "json" -> true;
            default -> throw new AssertionError("resource-types.json has the type " + type + ", which is unknown here");
        };
        return fits ? null : value + " is not a " + type;
    }
}
