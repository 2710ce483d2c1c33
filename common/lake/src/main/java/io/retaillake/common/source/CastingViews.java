package io.retaillake.common.source;

import io.retaillake.common.contract.Column;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.BusinessTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** The way out for a source whose columns have other types than the contracts': views that cast them, in a schema of their own. */
final class CastingViews {

    private static final String SUFFIX = "_lakehouse";

    private CastingViews() {}

    /** The schema of the views of a source's schema. */
    static String schema(String sourceSchema) {
        return sourceSchema + SUFFIX;
    }

    /**
     * The SQL that makes them and lets {@code reader} read them; empty where a column is missing, which no cast makes up for.
     *
     * @param types the columns' types of every table that is there
     */
    static List<String> statements(
            String sourceSchema, Map<TableContract, SortedMap<String, String>> types, String reader) {
        boolean isComplete = types.entrySet().stream()
                .allMatch(table -> SourceCatalog.sourceColumns(table.getKey()).stream()
                        .allMatch(column -> table.getValue().containsKey(column.name())));
        if (!isComplete) {
            return List.of();
        }
        String schema = SourceRelation.quote(schema(sourceSchema));
        List<String> statements = new ArrayList<>();
        statements.add("CREATE SCHEMA " + schema + ";");
        types.forEach((contract, columns) ->
                statements.add("CREATE VIEW " + schema + "." + contract.name() + " AS SELECT "
                        + SourceCatalog.sourceColumns(contract).stream()
                                .map(column -> expression(column, columns.get(column.name())))
                                .collect(Collectors.joining(", "))
                        + " FROM " + SourceRelation.quote(sourceSchema) + "." + contract.name() + ";"));
        String role = SourceRelation.quote(reader);
        statements.add("GRANT USAGE ON SCHEMA " + schema + " TO " + role + ";");
        statements.add("GRANT SELECT ON ALL TABLES IN SCHEMA " + schema + " TO " + role + ";");
        return statements;
    }

    private static String expression(Column column, String type) {
        String name = column.name();
        String kind = DeclaredTypes.withoutLength(type);
        if (DeclaredTypes.allowed(column).contains(kind)) {
            return name;
        }
        return cast(column, kind) + " AS " + name;
    }

    private static String cast(Column column, String kind) {
        String name = column.name();
        if (DeclaredTypes.isNumber(column)) {
            String between = switch (kind) {
                // The shortest digits of a real are the ones that were meant; as a double it has others.
                case "real" -> "::text";
                // PostgreSQL has no other cast of it.
                case "money" -> "::numeric";
                default -> "";
            };
            return name + between + "::double precision";
        }
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
