package io.retaillake.common.lake;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.JobException;
import io.retaillake.common.lake.SchemaDifference.Kind;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;

/**
 * Whether a table that is there is what this version of the library reads and writes.
 *
 * @param contract what it should be
 * @param lake where it is
 */
record TableLayout(TableContract contract, String lake) {

    /** Version of what this library writes beyond Iceberg's own format: names, references, summaries. */
    static final int VERSION = 1;

    static final String VERSION_PROPERTY = "retail-lake.layout-version";

    private static final String MIGRATE =
            "\nThe table is older than this version. Nothing was written. Bring the lake's tables up to date:"
                    + " bin/submit Migrate --lake …, with --dry-run first to see what it would change.";

    private static final String MIGRATE_SQL_TABLE =
            "\nNothing was written. Bring the table to its definition: bin/submit Migrate --lake …, with --tables <folder> if the"
                    + " definition is yours, and with --dry-run first to see what it would change.";

    /** The version of the layout that a table has. */
    static int versionOf(Table table) {
        return Integer.parseInt(table.properties().getOrDefault(VERSION_PROPERTY, "0"));
    }

    /**
     * Fails with exit code 2 for a table of a newer version, or one whose rows can't be read as the contract's. An older one may
     * lack columns that may be null: who reads those requires them by {@link #requireColumns}.
     */
    void requireReadable(Table table) {
        int version = versionOf(table);
        if (version > VERSION) {
            throw JobException.badArguments(
                    contract + " was written by a newer version of this library: layout version " + version
                            + ", this one knows up to " + VERSION + ".\nUse the newer job jar.");
        }
        SchemaDifference difference = SchemaDifference.of(contract, table.schema(), true);
        List<Types.NestedField> missing = difference.columnsOf(Kind.REQUIRED_COLUMN_MISSING);
        if (!missing.isEmpty() && contract.isDefinedInSql()) {
            throw JobException.badArguments(contract + " in the lake " + lake
                    + " has rows without a value for these columns, which its definition requires: " + describe(missing)
                    + "\nNothing was written. Take 'required: true' from them, " + SchemaDifference.SQL_TABLE_ANEW
                    + ".");
        }
        if (!missing.isEmpty()) {
            throw JobException.badArguments(
                    contract + " in the lake " + lake + " does not have the columns that this version writes: "
                            + describe(missing)
                            + "\nIt was made by another version or tool. Use that version, or another --lake or --namespace-prefix.");
        }
        List<Types.NestedField> other = difference.columnsOf(Kind.OTHER_TYPE);
        if (!other.isEmpty()) {
            throw JobException.badArguments(contract + " in the lake " + lake
                    + " has columns whose values this version can't read: " + describe(other) + "; the contract's are "
                    + describe(other.stream()
                            .map(column -> contract.icebergSchema().findField(column.name()))
                            .toList())
                    + (contract.isDefinedInSql()
                            ? "\nNothing was written. Give columns of another type another name, "
                                    + SchemaDifference.SQL_TABLE_ANEW + "."
                            : "\nA newer version or another tool has changed them. Use the newer job jar, or another --lake or"
                                    + " --namespace-prefix."));
        }
    }

    /**
     * Fails with exit code 2 where rows of the contract can't be written: the table is older than this version, or newer, or is to
     * be partitioned otherwise from now on. Files are written by the contract's partitions, and by other ones readers would look
     * for their rows in the wrong files.
     */
    void requireWritable(Table table) {
        partitioning(table).ifPresent(difference -> {
            throw JobException.badArguments(contract + " in the lake " + lake + " is " + difference);
        });
        SchemaDifference difference = SchemaDifference.of(contract, table.schema(), true);
        List<Types.NestedField> unknown = difference.columnsOf(Kind.UNKNOWN_COLUMN);
        if (!unknown.isEmpty() && contract.isDefinedInSql()) {
            throw JobException.badArguments(contract + " in the lake " + lake
                    + " has columns that its definition does not have: " + describe(unknown)
                    + "\nNothing was written. Put them back into the definition, " + SchemaDifference.SQL_TABLE_ANEW
                    + ".");
        }
        if (!unknown.isEmpty()) {
            throw JobException.badArguments(contract + " in the lake " + lake
                    + " has columns that this version does not know: " + describe(unknown)
                    + ". A newer version of this library or another tool has added them, and the rows of this version would"
                    + " have no value there.\nNothing was written. Use the newer job jar; or, where nobody reads them, drop"
                    + " them with ALTER TABLE ... DROP COLUMN in Spark SQL or Athena.");
        }
        List<SchemaDifference.Change> needed = difference.neededToWrite();
        if (!needed.isEmpty()) {
            throw JobException.badArguments(contract + " in the lake " + lake
                    + (contract.isDefinedInSql()
                            ? " is not yet what its definition says:"
                            : " is not yet what this version writes:")
                    + "\n- "
                    + String.join(
                            "\n- ",
                            needed.stream().map(SchemaDifference.Change::what).toList())
                    + (contract.isDefinedInSql() ? MIGRATE_SQL_TABLE : MIGRATE));
        }
    }

    /** How a table's partitioning differs from the contract's, and what to do; nothing where it does not. */
    Optional<String> partitioning(Table table) {
        PartitionSpec expected = contract.partitionSpec(table.schema());
        return table.spec().compatibleWith(expected)
                        || table.spec().compatibleWith(contract.coarserPartitionSpec(table.schema()))
                ? Optional.empty()
                : Optional.of("partitioned by "
                        + describe(table.spec(), table) + "; this version writes it partitioned by "
                        + describe(expected, table)
                        + (contract.isDefinedInSql()
                                ? ".\nNothing was written. Put the partitions back into the definition, "
                                        + SchemaDifference.SQL_TABLE_ANEW + "."
                                : ".\nAnother tool has changed it; nothing was written. Change it back with ALTER TABLE ... "
                                        + "DROP/ADD PARTITION FIELD; files that have other partitions may stay."));
    }

    /** Fails with exit code 2 where an older table, as {@code lake} names it, lacks columns that are to be read. */
    static void requireColumns(Table table, String name, Collection<String> columns) {
        List<String> missing = columns.stream()
                .filter(column -> table.schema().findField(column) == null)
                .toList();
        if (!missing.isEmpty()) {
            throw JobException.badArguments(name + " does not have the columns " + String.join(", ", missing)
                    + ", which are to be read." + MIGRATE);
        }
    }

    private static String describe(List<Types.NestedField> columns) {
        return columns.stream().map(SchemaDifference::describe).collect(Collectors.joining(", "));
    }

    private static String describe(PartitionSpec spec, Table table) {
        List<String> fields =
                spec.fields().stream().map(field -> describe(field, table)).toList();
        return fields.isEmpty() ? "nothing" : String.join(", ", fields);
    }

    private static String describe(PartitionField field, Table table) {
        String column = table.schema().findColumnName(field.sourceId());
        return field.transform().isIdentity() ? column : field.transform() + "(" + column + ")";
    }
}
