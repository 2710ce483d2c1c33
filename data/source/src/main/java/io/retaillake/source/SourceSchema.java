package io.retaillake.source;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Creates the source's four tables. Tables and keys are separate steps, because a large load is several times faster into
 * a table without keys. Every step finds out what is there already and leaves it, so it can be repeated.
 */
public final class SourceSchema {

    /** The schema's name in the real source. */
    public static final String DEFAULT_NAME = "retail";

    /** What {@link #createTables} found. */
    public enum Outcome {
        CREATED,
        ALREADY_THERE
    }

    private static final Pattern ADD_CONSTRAINT =
            Pattern.compile("^ALTER TABLE .+ ADD CONSTRAINT (?<name>\\w+) .+;$", Pattern.MULTILINE);

    private SourceSchema() {}

    /** Creates the schema with its tables and keys. */
    public static Outcome create(Connection connection, String schema) throws SQLException {
        Outcome outcome = createTables(connection, schema);
        addConstraints(connection, schema, name -> {});
        return outcome;
    }

    /**
     * Creates the schema and its tables with their comments, all or nothing, without keys.
     *
     * @throws SourceException if some of the tables are there, or in another shape; it names each difference
     */
    public static Outcome createTables(Connection connection, String schema) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            Map<String, List<String>> found = shape(connection, schema);
            if (!found.isEmpty()) {
                refuseAnotherShape(schema, found, expectedShape(connection));
                connection.rollback();
                return Outcome.ALREADY_THERE;
            }
            statement.execute("CREATE SCHEMA IF NOT EXISTS " + SqlScript.quoted(schema));
            statement.execute(SqlScript.read("tables.sql", schema));
            connection.commit();
            return Outcome.CREATED;
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(autoCommit);
        }
    }

    /**
     * Adds the primary keys and the foreign key that are not there yet. Builds an index of each table: for the full-size
     * purchase table a sort of 28.6 million keys, about a minute.
     *
     * @param beforeEach told the name of each constraint before it is added
     */
    public static void addConstraints(Connection connection, String schema, Consumer<String> beforeEach)
            throws SQLException {
        List<String> present = constraints(connection, schema);
        Matcher additions = ADD_CONSTRAINT.matcher(SqlScript.read("constraints.sql", schema));
        try (Statement statement = connection.createStatement()) {
            while (additions.find()) {
                String name = additions.group("name");
                if (!present.contains(name)) {
                    beforeEach.accept(name);
                    statement.execute(additions.group());
                }
            }
        }
    }

    /** Drops the keys that {@link #addConstraints} adds, for a load into tables that have them already. */
    public static void dropConstraints(Connection connection, String schema) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            String purchase = SourceTable.PURCHASE.in(schema);
            statement.execute("ALTER TABLE " + purchase
                    + " DROP CONSTRAINT IF EXISTS purchase_customer_id_fkey, DROP CONSTRAINT IF EXISTS purchase_pkey");
            statement.execute("ALTER TABLE " + SourceTable.PRODUCTS_INFO.in(schema)
                    + " DROP CONSTRAINT IF EXISTS products_info_pkey");
            statement.execute(
                    "ALTER TABLE " + SourceTable.CUSTOMER.in(schema) + " DROP CONSTRAINT IF EXISTS customer_pkey");
        }
    }

    /** What the script makes, read back from a schema that is rolled back: so the shape is written down once. */
    private static Map<String, List<String>> expectedShape(Connection connection) throws SQLException {
        String scratch = "expected_shape_of_the_source";
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + SqlScript.quoted(scratch));
            statement.execute(SqlScript.read("tables.sql", scratch));
            return shape(connection, scratch);
        }
    }

    private static void refuseAnotherShape(
            String schema, Map<String, List<String>> found, Map<String, List<String>> expected) {
        List<String> problems = new ArrayList<>();
        expected.forEach((table, columns) -> {
            List<String> actual = found.get(table);
            if (actual == null) {
                problems.add("table " + table + " is missing");
                return;
            }
            columns.stream()
                    .filter(column -> !actual.contains(column))
                    .forEach(column -> problems.add("table " + table + " lacks the column " + column));
            actual.stream()
                    .filter(column -> !columns.contains(column))
                    .forEach(column -> problems.add("table " + table + " has the column " + column));
        });
        if (!problems.isEmpty()) {
            throw new SourceException("The schema '" + schema + "' is neither empty nor the source's: "
                    + String.join("; ", problems)
                    + ". Name another schema, or drop or rename these tables. Nothing was changed.");
        }
    }

    /** Table to columns with type and null rule, of the relations that have one of the four names. */
    private static Map<String, List<String>> shape(Connection connection, String schema) throws SQLException {
        String sql = """
                SELECT c.relname, c.relkind, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull
                FROM pg_class c
                JOIN pg_namespace n ON n.oid = c.relnamespace
                LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                WHERE n.nspname = ? AND c.relname IN ('customer', 'products_info', 'purchase', 'zipcode')
                ORDER BY c.relname, a.attnum""";
        Map<String, List<String>> shape = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, schema);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    List<String> columns = shape.computeIfAbsent(rows.getString(1), table -> new ArrayList<>());
                    String relation = rows.getString(2).equals("r") ? "" : " (not of a plain table)";
                    String nulls = rows.getBoolean(5) ? " not null" : "";
                    columns.add(rows.getString(3) + " " + rows.getString(4) + nulls + relation);
                }
            }
        }
        return shape;
    }

    private static List<String> constraints(Connection connection, String schema) throws SQLException {
        String sql = """
                SELECT k.conname FROM pg_constraint k
                JOIN pg_namespace n ON n.oid = k.connamespace
                WHERE n.nspname = ? AND k.contype IN ('p', 'f')""";
        List<String> names = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, schema);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
        }
        return names;
    }
}
