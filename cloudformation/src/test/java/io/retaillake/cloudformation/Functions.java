package io.retaillake.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** CloudFormation's functions, as one template uses them. A function or name that it does not know fails the test. */
final class Functions {

    static final Map<String, String> PSEUDO_PARAMETERS = Map.of(
            "AWS::Region", "ap-northeast-2",
            "AWS::AccountId", "123456789012",
            "AWS::URLSuffix", "amazonaws.com",
            "AWS::Partition", "aws");
    private static final String NO_VALUE = "AWS::NoValue";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(?<name>[^!}]+)}");

    private final Template template;
    private final Map<String, String> parameters;
    private final Map<String, String> exports;

    Functions(Template template, Map<String, String> parameters, Map<String, String> exports) {
        this.template = template;
        this.parameters = parameters;
        this.exports = exports;
    }

    /** Whether the condition of a resource or output holds. */
    boolean exists(JsonNode resourceOrOutput) {
        String condition = resourceOrOutput.path("Condition").asText();
        return condition.isEmpty() || holds(condition);
    }

    private boolean holds(String condition) {
        JsonNode expression = template.root().path("Conditions").path(condition);
        if (expression.isMissingNode()) {
            throw new AssertionError(template.name() + ".yaml has no condition " + condition);
        }
        return evaluate(expression).asBoolean();
    }

    /** {@code node} with its functions evaluated; missing for AWS::NoValue. */
    JsonNode evaluate(JsonNode node) {
        if (node.isArray()) {
            ArrayNode result = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> {
                JsonNode value = evaluate(element);
                if (!value.isMissingNode()) {
                    result.add(value);
                }
            });
            return result;
        }
        if (!node.isObject()) {
            return node;
        }
        String first = node.size() == 1 ? node.fieldNames().next() : "";
        if (first.equals("Ref") || first.startsWith("Fn::")) {
            return call(first, node.get(first));
        }
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : Template.fields(node)) {
            JsonNode value = evaluate(field.getValue());
            if (!value.isMissingNode()) {
                result.set(field.getKey(), value);
            }
        }
        return result;
    }

    private JsonNode call(String function, JsonNode argument) {
        return switch (function) {
            case "Ref" -> argument.asText().equals(NO_VALUE) ? MissingNode.getInstance() : text(ref(argument.asText()));
            case "Fn::GetAtt" ->
                text(attribute(argument.get(0).asText(), argument.get(1).asText()));
            case "Fn::Sub" -> text(substitute(argument));
            case "Fn::ImportValue" -> text(imported(evaluate(argument).asText()));
            case "Fn::If" -> evaluate(argument.get(holds(argument.get(0).asText()) ? 1 : 2));
            case "Fn::Equals" -> bool(evaluate(argument.get(0)).equals(evaluate(argument.get(1))));
            case "Fn::Not" -> bool(!evaluate(argument.get(0)).asBoolean());
            case "Fn::And" -> bool(all(argument).allMatch(JsonNode::asBoolean));
            case "Fn::Or" -> bool(all(argument).anyMatch(JsonNode::asBoolean));
            case "Fn::GetAZs" ->
                JsonNodeFactory.instance.arrayNode().add("ap-northeast-2a").add("ap-northeast-2b");
            case "Fn::Select" -> evaluate(argument.get(1)).get(argument.get(0).asInt());
            case "Fn::Split" -> {
                ArrayNode parts = JsonNodeFactory.instance.arrayNode();
                List.of(evaluate(argument.get(1))
                                .asText()
                                .split(Pattern.quote(argument.get(0).asText()), -1))
                        .forEach(parts::add);
                yield parts;
            }
            case "Fn::Join" ->
                text(StreamSupport.stream(evaluate(argument.get(1)).spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(argument.get(0).asText())));
            case "Fn::FindInMap" -> found(evaluate(argument));
            default -> throw new AssertionError(template.name() + ".yaml uses " + function + ", which is unknown here");
        };
    }

    private Stream<JsonNode> all(JsonNode arguments) {
        return StreamSupport.stream(evaluate(arguments).spliterator(), false);
    }

    /** What the template's rules say of these parameters; empty if they are fine. */
    List<String> brokenRules() {
        List<String> broken = new ArrayList<>();
        for (JsonNode rule : template.root().path("Rules")) {
            if (!rule.has("RuleCondition")
                    || evaluate(rule.path("RuleCondition")).asBoolean()) {
                rule.path("Assertions").forEach(assertion -> {
                    if (!evaluate(assertion.path("Assert")).asBoolean()) {
                        broken.add(assertion.path("AssertDescription").asText());
                    }
                });
            }
        }
        return broken;
    }

    private JsonNode found(JsonNode keys) {
        JsonNode value = template.root().path("Mappings");
        for (JsonNode key : keys) {
            value = value.path(key.asText());
        }
        if (value.isMissingNode()) {
            throw new AssertionError(template.name() + ".yaml has no mapping " + keys);
        }
        return value;
    }

    private String substitute(JsonNode argument) {
        String pattern = argument.isArray() ? argument.get(0).asText() : argument.asText();
        JsonNode variables = argument.isArray() ? evaluate(argument.get(1)) : MissingNode.getInstance();
        Matcher matcher = VARIABLE.matcher(pattern);
        String result = matcher.replaceAll(match -> {
            String name = match.group(1);
            String[] parts = name.split("\\.", 2);
            String value = variables.has(name)
                    ? variables.get(name).asText()
                    : parts.length == 2 ? attribute(parts[0], parts[1]) : ref(name);
            return Matcher.quoteReplacement(value);
        });
        return result.replace("${!", "${");
    }

    private String ref(String name) {
        if (PSEUDO_PARAMETERS.containsKey(name)) {
            return PSEUDO_PARAMETERS.get(name);
        }
        JsonNode parameter = template.parameters().path(name);
        if (!parameter.isMissingNode()) {
            if (!parameters.containsKey(name) && !parameter.has("Default")) {
                throw new AssertionError(template.name() + ".yaml: nothing is given for the parameter " + name);
            }
            return parameters.getOrDefault(name, parameter.path("Default").asText());
        }
        return ResourceNames.ref(template.name(), name, resource(name));
    }

    private String attribute(String id, String attribute) {
        return ResourceNames.attribute(template.name(), id, attribute, resource(id));
    }

    private JsonNode resource(String id) {
        JsonNode resource = template.resources().path(id);
        if (resource.isMissingNode()) {
            throw new AssertionError(template.name() + ".yaml has no parameter or resource " + id);
        }
        ObjectNode named = JsonNodeFactory.instance.objectNode();
        named.set("Type", resource.path("Type"));
        named.set("Properties", evaluateNames(resource.path("Properties")));
        return named;
    }

    /** The properties that name a resource; the others may lead back to it. */
    private JsonNode evaluateNames(JsonNode properties) {
        ObjectNode names = JsonNodeFactory.instance.objectNode();
        for (String name : ResourceNames.NAMING) {
            if (properties.has(name)) {
                names.set(name, evaluate(properties.get(name)));
            }
        }
        return names;
    }

    private String imported(String name) {
        if (!exports.containsKey(name)) {
            throw new AssertionError(template.name() + ".yaml imports " + name
                    + ", which no template before it exports; exported are " + exports.keySet());
        }
        return exports.get(name);
    }

    private static JsonNode text(String value) {
        return TextNode.valueOf(value);
    }

    private static JsonNode bool(boolean value) {
        return JsonNodeFactory.instance.booleanNode(value);
    }
}
