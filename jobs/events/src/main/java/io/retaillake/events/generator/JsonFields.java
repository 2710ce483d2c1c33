package io.retaillake.events.generator;

import java.util.Map;
import java.util.stream.Collectors;

/** Writes a payload's fields as JSON. Names and texts are the generator's own, which need no escapes. */
final class JsonFields {

    private JsonFields() {}

    /** An object of these fields, whose values are JSON already. */
    static String object(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> text(field.getKey()) + ":" + field.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    static String text(String value) {
        return '"' + value + '"';
    }
}
