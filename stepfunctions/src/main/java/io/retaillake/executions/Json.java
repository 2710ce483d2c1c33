package io.retaillake.executions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Optional;

/** Reads what Step Functions hands on as JSON texts: inputs, outputs, causes. */
final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /** The text as JSON; a missing node where it is none. */
    static JsonNode read(String text) {
        if (text == null) {
            return MissingNode.getInstance();
        }
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** A member of the object that {@code text} is, if it is there and a non-empty text. */
    static Optional<String> member(String text, String name) {
        return Optional.ofNullable(read(text).get(name))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(value -> !value.isEmpty());
    }
}
