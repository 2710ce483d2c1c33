package io.retaillake.cloudformation;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the templates come to when they are deployed in order, with the parameters that bin/deploy gives and the defaults of
 * the others: resources with every function evaluated, and exports.
 */
final class Deployment {

    static final String JAR_KEY = "glue/script/0.2.0-SNAPSHOT-0123456789ab/retail-lakehouse-0.2.0-SNAPSHOT.jar";

    private static final Map<String, Map<String, String>> GIVEN = Map.ofEntries(
            entry("network", Map.of("BucketOwnerName", "acme")),
            entry("lake", Map.of("BucketOwnerName", "acme")),
            entry("jobs", Map.of("JarKey", JAR_KEY, "ScriptKey", "glue/script/glue-script-0123456789ab.scala")),
            entry("emr", Map.of("JarKey", JAR_KEY)),
            entry(
                    "events",
                    Map.of(
                            "BucketOwnerName", "acme",
                            "CodeBucket", "acme-hist-retail",
                            "JarKey",
                                    "glue/script/0.2.0-SNAPSHOT-0123456789ab/retail-lakehouse-lambda-0.2.0-SNAPSHOT.jar")),
            entry(
                    "streaming",
                    Map.of(
                            "JarKey",
                            JAR_KEY,
                            "ScriptKey",
                            "glue/script/glue-script-0123456789ab.scala",
                            "Stream",
                            "clicks")),
            entry(
                    "logs",
                    Map.of(
                            "JarKey",
                                    "glue/script/0.2.0-SNAPSHOT-0123456789ab/retail-lakehouse-logs-lambda-0.2.0-SNAPSHOT.jar",
                            "Url", "https://logs.example:8443/newest?n=100")),
            entry(
                    "pipeline",
                    Map.of(
                            "PipelineKey", "glue/script/pipeline-0123456789ab.asl.json",
                            "StarterKey", "glue/script/starter-0123456789ab.asl.json",
                            "OverdueKey", "glue/script/overdue-0123456789ab.asl.json")));

    private final Map<String, String> exports = new LinkedHashMap<>();
    private final Map<String, Map<String, JsonNode>> stacks = new LinkedHashMap<>();
    private final Map<String, String> outputs = new LinkedHashMap<>();
    private final List<String> duplicateExports = new ArrayList<>();

    private Deployment() {}

    /** The deployment with the defaults. */
    static Deployment byDefault() {
        return with(Map.of());
    }

    /** The deployment with further parameters, each named {@code stack.Parameter}. */
    static Deployment with(Map<String, String> settings) {
        Deployment deployment = new Deployment();
        for (Template template : Template.all()) {
            Map<String, String> parameters = new LinkedHashMap<>(GIVEN.getOrDefault(template.name(), Map.of()));
            settings.forEach((name, value) -> {
                if (name.startsWith(template.name() + ".")) {
                    parameters.put(name.substring(name.indexOf('.') + 1), value);
                }
            });
            deployment.deploy(template, parameters);
        }
        return deployment;
    }

    private void deploy(Template template, Map<String, String> parameters) {
        Functions functions = new Functions(template, parameters, exports);
        if (!functions.brokenRules().isEmpty()) {
            throw new AssertionError(template.name() + ".yaml refuses its parameters: " + functions.brokenRules());
        }
        Map<String, JsonNode> resources = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> resource : Template.fields(template.resources())) {
            if (functions.exists(resource.getValue())) {
                resources.put(resource.getKey(), functions.evaluate(resource.getValue()));
            }
        }
        stacks.put(template.name(), resources);
        for (Map.Entry<String, JsonNode> output : Template.fields(template.outputs())) {
            if (functions.exists(output.getValue())) {
                ObjectNode evaluated = (ObjectNode) functions.evaluate(output.getValue());
                outputs.put(
                        template.name() + "." + output.getKey(),
                        evaluated.path("Value").asText());
                String name = evaluated.path("Export").path("Name").asText();
                if (!name.isEmpty() && exports.put(name, evaluated.path("Value").asText()) != null) {
                    duplicateExports.add(name);
                }
            }
        }
    }

    /** A stack's resources by their logical ids. */
    Map<String, JsonNode> resources(String stack) {
        return stacks.get(stack);
    }

    /** The properties of a stack's resources of a type, by their logical ids. */
    Map<String, JsonNode> properties(String stack, String type) {
        Map<String, JsonNode> found = new LinkedHashMap<>();
        resources(stack).forEach((id, resource) -> {
            if (resource.path("Type").asText().equals(type)) {
                found.put(id, resource.path("Properties"));
            }
        });
        return found;
    }

    /** A stack's output, exported or not. */
    String output(String stack, String name) {
        return outputs.get(stack + "." + name);
    }

    Map<String, String> exports() {
        return exports;
    }

    List<String> duplicateExports() {
        return duplicateExports;
    }
}
