package io.retaillake.queries;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A table in Trino's words, made of the statement that makes it on Athena. */
final class AthenaTable {

    private static final Pattern STATEMENT = Pattern.compile(
            "(?s).*CREATE EXTERNAL TABLE (\\S+) \\(\n(.*?)\n\\)\nPARTITIONED BY \\((.*?)\\)\n.*TBLPROPERTIES \\(\n(.*)\n\\)\n");
    private static final Pattern COLUMN = Pattern.compile("(?m)^    (\\w+) (\\S+) COMMENT '[^']+',?$");
    private static final Pattern PROPERTY = Pattern.compile("(?m)^    '([^']+)' = '([^']+)',?$");

    private AthenaTable() {}

    /** The statement that creates it over the files below {@code data}. */
    static String ddl(Path file, Path data) {
        Matcher parts = STATEMENT.matcher(Resources.text(file));
        if (!parts.matches()) {
            throw new IllegalStateException(file + " is no statement of a table with partitions and properties");
        }
        List<String> columns = new ArrayList<>();
        COLUMN.matcher(parts.group(2))
                .results()
                .forEach(column -> columns.add('"' + column.group(1) + "\" " + type(column.group(2))));
        Map<String, String> properties = PROPERTY.matcher(parts.group(4))
                .results()
                .collect(Collectors.toMap(
                        property -> property.group(1),
                        (MatchResult property) -> property.group(2),
                        (one, other) -> one,
                        TreeMap::new));
        List<String> partitions = new ArrayList<>();
        for (String partition : parts.group(3).split(", ", -1)) {
            String name = partition.substring(0, partition.indexOf(' '));
            partitions.add("'" + name + "'");
            columns.add(("\"%s\" int WITH (partition_projection_type = '%s', partition_projection_range = ARRAY['%s'],"
                            + " partition_projection_digits = %s)")
                    .formatted(
                            name,
                            properties.get("projection." + name + ".type").toUpperCase(Locale.ROOT),
                            properties.get("projection." + name + ".range").replace(",", "', '"),
                            properties.get("projection." + name + ".digits")));
        }
        String template = properties.get("storage.location.template");
        return "CREATE TABLE " + parts.group(1) + " (" + String.join(", ", columns) + ") WITH (external_location = '"
                + data.toUri() + "', format = 'JSON', partitioned_by = ARRAY[" + String.join(", ", partitions)
                + "], partition_projection_enabled = " + properties.get("projection.enabled")
                + ", partition_projection_location_template = '" + data.toUri()
                + template.substring(template.indexOf("/year=") + 1) + "/')";
    }

    private static String type(String athena) {
        return athena.replace("string", "varchar").replace("<", "(").replace(">", ")");
    }
}
