package io.retaillake.common.source;

import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.contract.Column;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.JobException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Looks tables up in the source's catalog and compares them with their contracts before any data moves. */
public final class SourceCatalog {

    private static final String RELATION = """
            SELECT c.oid,
                   CASE c.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table' WHEN 'v' THEN 'view'
                                  WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table' ELSE 'relation' END,
                   c.relkind IN ('r', 'm') AND (SELECT amname = 'heap' FROM pg_am WHERE oid = c.relam),
                   CASE WHEN c.relkind IN ('r', 'm') THEN pg_relation_size(c.oid) ELSE 0 END,
                   current_setting('block_size')::bigint,
                   c.reltuples::bigint,
                   has_table_privilege(c.oid, 'SELECT') AND has_schema_privilege(c.relnamespace, 'USAGE'),
                   current_setting('server_version_num')::int,
                   row_security_active(c.oid),
                   c.relkind <> 'p' AND EXISTS (SELECT FROM pg_inherits WHERE inhparent = c.oid)
              FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
            """;
    private static final String COLUMNS = """
            SELECT attname, format_type(atttypid, atttypmod)
              FROM pg_attribute WHERE attrelid = ?::oid AND attnum > 0 AND NOT attisdropped
            """;
    private static final String UNIQUE_KEYS = """
            SELECT ARRAY (SELECT a.attname::text FROM pg_attribute a
                           WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) AND a.attnotnull)
              FROM pg_index i
             WHERE i.indrelid = ?::oid AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
               AND i.indnatts = i.indnkeyatts AND i.indnkeyatts = ?
            """;

    private final Connection connection;
    private final String schema;

    public SourceCatalog(Connection connection, String schema) {
        this.connection = connection;
        this.schema = schema;
    }

    /**
     * The tables that {@code contracts} name, each as its contract wants it.
     *
     * @throws JobException exit code 3 listing every table, column or type that is not as the contract says, exit code 4
     *     listing every missing privilege
     */
    public List<SourceRelation> relations(List<TableContract> contracts) throws SQLException {
        return compare(contracts).requireExtractable();
    }

    /** The tables that {@code contracts} name beside their contracts. */
    public SchemaComparison compare(List<TableContract> contracts) throws SQLException {
        List<SourceRelation> relations = new ArrayList<>();
        List<String> differences = new ArrayList<>();
        List<String> sideBySide = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        for (TableContract contract : contracts) {
            try (PreparedStatement statement = connection.prepareStatement(RELATION)) {
                statement.setString(1, schema);
                statement.setString(2, contract.name());
                ResultSet row = statement.executeQuery();
                if (!row.next()) {
                    differences.add(contract.name() + ": there is no such table");
                    continue;
                }
                if (!row.getBoolean(7)) {
                    unreadable.add(contract.name());
                }
                SourceRelation relation = relation(contract, row);
                relations.add(relation);
                List<String> ofTable = SchemaComparison.differences(contract, relation.typesByColumn());
                differences.addAll(ofTable);
                if (!ofTable.isEmpty()) {
                    sideBySide.addAll(SchemaComparison.sideBySide(contract, relation.typesByColumn()));
                }
            }
        }
        return new SchemaComparison(
                schema,
                relations,
                differences,
                sideBySide,
                differences.isEmpty() ? List.of() : castingViews(),
                unreadable);
    }

    /** Views of every table that is there, because a schema is named for all of them. */
    private List<String> castingViews() throws SQLException {
        Map<TableContract, SortedMap<String, String>> types = new LinkedHashMap<>();
        for (TableContract contract : BronzeTables.ALL) {
            try (PreparedStatement statement = connection.prepareStatement(RELATION)) {
                statement.setString(1, schema);
                statement.setString(2, contract.name());
                ResultSet row = statement.executeQuery();
                if (row.next()) {
                    types.put(contract, columns(row.getLong(1)));
                }
            }
        }
        return CastingViews.statements(schema, types, connection.getMetaData().getUserName());
    }

    private SourceRelation relation(TableContract contract, ResultSet row) throws SQLException {
        long oid = row.getLong(1);
        long sizeBytes = row.getLong(4);
        boolean hasChildren = row.getBoolean(10);
        SortedMap<String, String> types = columns(oid);
        List<String> notices = SchemaComparison.notices(contract, types);
        if (row.getBoolean(9)) {
            notices.add(contract.name()
                    + ": row-level security is on for this user, who gets only the rows that its policies"
                    + " show; grant it BYPASSRLS if it is to extract all");
        }
        return new SourceRelation(
                schema,
                contract.name(),
                row.getString(2),
                row.getBoolean(3),
                hasChildren,
                sizeBytes,
                sizeBytes / row.getLong(5),
                row.getLong(6),
                types,
                List.copyOf(notices),
                // A parent's index does not hold its children's rows.
                !hasChildren && keyIsEnforced(oid, contract.key()),
                row.getInt(8));
    }

    private SortedMap<String, String> columns(long oid) throws SQLException {
        SortedMap<String, String> types = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setLong(1, oid);
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                types.put(rows.getString(1), rows.getString(2));
            }
        }
        return types;
    }

    private boolean keyIsEnforced(long oid, List<String> key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UNIQUE_KEYS)) {
            statement.setLong(1, oid);
            statement.setInt(2, key.size());
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                Object[] columns = (Object[]) rows.getArray(1).getArray();
                if (Set.copyOf(Arrays.asList(columns)).equals(Set.copyOf(key))) {
                    return !key.isEmpty();
                }
            }
        }
        return false;
    }

    /** The contract's columns that come from the source; bronze derives one more. */
    public static List<Column> sourceColumns(TableContract contract) {
        return contract.columns().stream()
                .filter(column -> !column.name().equals(BronzeTables.SOURCE_MONTH))
                .toList();
    }
}
