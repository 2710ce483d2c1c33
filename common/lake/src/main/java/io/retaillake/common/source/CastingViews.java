package io.retaillake.common.source;

import io.retaillake.common.contract.ColumnMapping;
import io.retaillake.common.contract.SourceColumns;
import io.retaillake.common.contract.SourceType;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.BusinessTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The way out for a source whose columns have other types than the contracts': views that cast them, in a schema of their own. */
final class CastingViews {

    private static final Pattern PLAIN_NAME = Pattern.compile("[a-z_][a-z0-9_]*");
    private static final String SUFFIX = "_lakehouse";

    private CastingViews() {}

    /** The schema of the views of a source's schema. */
    static String schema(String sourceSchema) {
        return sourceSchema + SUFFIX;
    }

    /**
     * The SQL that makes them and lets {@code reader} read them; empty where a column is missing, or has a type that no cast makes
     * the contract's without a loss.
     *
     * @param types the columns' types of every table that is there
     */
    static List<String> statements(
            String sourceSchema, Map<TableContract, SortedMap<String, String>> types, String reader) {
        boolean isPossible = types.entrySet().stream()
                .allMatch(table -> SourceColumns.of(table.getKey()).stream()
                        .allMatch(column -> table.getValue().containsKey(column.source())
                                && expression(column, table.getValue().get(column.source()))
                                        .isPresent()));
        if (!isPossible) {
            return List.of();
        }
        String schema = SourceRelation.quote(schema(sourceSchema));
        List<String> statements = new ArrayList<>();
        statements.add("CREATE SCHEMA " + schema + ";");
        types.forEach((contract, columns) ->
                statements.add("CREATE VIEW " + schema + "." + contract.name() + " AS SELECT "
                        + SourceColumns.of(contract).stream()
                                .map(column -> expression(column, columns.get(column.source()))
                                        .orElseThrow())
                                .collect(Collectors.joining(", "))
                        + " FROM " + SourceRelation.quote(sourceSchema) + "." + contract.name() + ";"));
        String role = SourceRelation.quote(reader);
        statements.add("GRANT USAGE ON SCHEMA " + schema + " TO " + role + ";");
        statements.add("GRANT SELECT ON ALL TABLES IN SCHEMA " + schema + " TO " + role + ";");
        return statements;
    }

    private static Optional<String> expression(ColumnMapping column, String type) {
        String name = name(column);
        if (column.type().accepts(type)) {
            return Optional.of(name);
        }
        return cast(column, SourceType.withoutArguments(type)).map(cast -> cast + " AS " + name);
    }

    private static String name(ColumnMapping column) {
        return PLAIN_NAME.matcher(column.source()).matches() ? column.source() : SourceRelation.quote(column.source());
    }

    private static Optional<String> cast(ColumnMapping column, String kind) {
        String name = name(column);
        boolean isText = kind.startsWith("character") || kind.equals("text");
        return switch (column.type().kind()) {
            case TEXT -> Optional.of(text(name, kind));
            case DOUBLE -> Optional.of(name + digits(kind) + "::double precision");
            // Without arguments, a value that does not fit is refused when it is extracted, and none is rounded.
            case NUMERIC -> Optional.of(name + (kind.equals("numeric") ? "" : digits(kind)) + "::numeric");
            case INTEGER, BIGINT ->
                isText || kind.equals("smallint") || kind.equals("integer")
                        ? Optional.of(name + "::" + column.type().declared())
                        : Optional.empty();
            case DATE, TIMESTAMP, TIMESTAMP_WITH_TIME_ZONE, SMALLINT, BOOLEAN, UUID ->
                isText ? Optional.of(name + "::" + column.type().declared()) : Optional.empty();
        };
    }

    /** What comes between a number and its cast. */
    private static String digits(String kind) {
        return switch (kind) {
            // The shortest digits of a real are the ones that were meant; as a double it has others.
            case "real", "double precision" -> "::text";
            // PostgreSQL has no other cast of it.
            case "money" -> "::numeric";
            default -> "";
        };
    }

    private static String text(String name, String kind) {
        String local = kind.equals("timestamp with time zone")
                ? name + " AT TIME ZONE '" + BusinessTime.ZONE.getId() + "'"
                : name;
        if (kind.equals("date") || (name.endsWith("_date") && kind.startsWith("timestamp"))) {
            return "to_char(" + local + ", 'YYYYMMDD')";
        }
        if (name.endsWith("_time") && kind.startsWith("time")) {
            return "extract(hour FROM " + local + ")::int::text";
        }
        return name + "::text";
    }
}
