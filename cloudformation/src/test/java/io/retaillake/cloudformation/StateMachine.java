package io.retaillake.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A definition in {@code stepfunctions/}, read for what it asks of the templates.
 *
 * @param text the file
 * @param root its JSON
 */
record StateMachine(String text, JsonNode root) {

    private static final Path FOLDER = Path.of("").toAbsolutePath().resolveSibling("stepfunctions");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(\\w+)}");
    private static final Pattern OPTION = Pattern.compile("'(--[a-z-]+)'");
    private static final String PREFIX = "${JobNamePrefix}";

    static StateMachine load(String name) {
        try {
            String text = Files.readString(FOLDER.resolve(name + ".asl.json"));
            return new StateMachine(text, new ObjectMapper().readTree(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names that DefinitionSubstitutions must give. */
    Set<String> placeholders() {
        return PLACEHOLDER
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What its tasks call, e.g. {@code arn:aws:states:::glue:startJobRun.sync}. */
    Set<String> calls() {
        return new TreeSet<>(root.findValuesAsText("Resource"));
    }

    /** The Glue jobs that it starts, without their prefix, and the options that it passes to each. */
    Map<String, List<String>> jobs() {
        Map<String, List<String>> jobs = new LinkedHashMap<>();
        collect(root, List.of(), jobs);
        return jobs;
    }

    private static void collect(JsonNode node, List<String> items, Map<String, List<String>> jobs) {
        List<String> itemsInside = items;
        if (node.path("Items").isArray()) {
            itemsInside = new ArrayList<>();
            for (JsonNode item : node.path("Items")) {
                itemsInside.add(item.asText());
            }
        }
        if (node.has("JobName")) {
            String name = node.path("JobName").asText();
            List<String> names = name.startsWith(PREFIX)
                    ? List.of(name.substring(PREFIX.length()))
                    : name.equals("{% '" + PREFIX + "' & $states.input %}")
                            ? itemsInside
                            : List.of("not understood: " + name);
            for (String job : names) {
                jobs.put(job, options(node.path("Arguments")));
            }
        }
        for (JsonNode child : node) {
            collect(child, itemsInside, jobs);
        }
    }

    private static List<String> options(JsonNode arguments) {
        List<String> options = new ArrayList<>();
        arguments.fieldNames().forEachRemaining(options::add);
        Matcher matcher = OPTION.matcher(arguments.asText());
        while (matcher.find()) {
            options.add(matcher.group(1));
        }
        return options;
    }
}
