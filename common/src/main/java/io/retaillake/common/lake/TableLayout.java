package io.retaillake.common.lake;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.JobException;
import java.util.List;
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

    /** Fails with exit code 2 for a table of a newer version, or one that lacks columns. */
    void requireReadable(Table table) {
        int version = Integer.parseInt(table.properties().getOrDefault(VERSION_PROPERTY, "0"));
        if (version > VERSION) {
            throw JobException.badArguments(
                    contract + " was written by a newer version of this library: layout version " + version
                            + ", this one knows up to " + VERSION + ".\nUse the newer job jar.");
        }
        List<String> missing = contract.columns().stream()
                .filter(column -> !hasColumn(table, column.name()))
                .map(column -> column.name() + " " + column.type().simpleString())
                .toList();
        if (!missing.isEmpty()) {
            throw JobException.badArguments(
                    contract + " in the lake " + lake
                            + " does not have the columns that this version writes: " + String.join(", ", missing)
                            + "\nIt was made by another version or tool. Use that version, or another --lake or --namespace-prefix.");
        }
    }

    /**
     * Fails with exit code 2 where the table is to be partitioned otherwise from now on: files are written by the contract's
     * partitions, and by other ones readers would look for their rows in the wrong files.
     */
    void requireWritable(Table table) {
        PartitionSpec expected = contract.partitionSpec(table.schema());
        if (!table.spec().compatibleWith(expected)) {
            throw JobException.badArguments(contract + " in the lake " + lake + " is partitioned by "
                    + describe(table.spec(), table) + "; this version writes it partitioned by "
                    + describe(expected, table)
                    + ".\nAnother tool has changed it; nothing was written. Change it back with ALTER TABLE ... "
                    + "DROP/ADD PARTITION FIELD; files that have other partitions may stay.");
        }
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

    private boolean hasColumn(Table table, String column) {
        Types.NestedField actual = table.schema().findField(column);
        return actual != null
                && actual.type()
                        .toString()
                        .equals(contract.icebergSchema()
                                .findField(column)
                                .type()
                                .toString());
    }
}
