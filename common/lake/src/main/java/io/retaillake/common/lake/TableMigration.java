package io.retaillake.common.lake;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.JobException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.exceptions.CommitFailedException;

/**
 * What makes a table of an older version what its contract says now. Only metadata is written, in one commit: data files stay as
 * they are, and readers find their columns by Iceberg's ids. Snapshots keep the columns that they were made with.
 */
public final class TableMigration {

    private static final int MOST_COMMIT_ATTEMPTS = 10;

    private final Lake lake;
    private final TableContract contract;
    private final Table table;

    private TableMigration(Lake lake, TableContract contract, Table table) {
        this.lake = lake;
        this.contract = contract;
        this.table = table;
    }

    /**
     * Of the table that {@code contract} describes, if there is one.
     *
     * @throws JobException exit code 2 when a newer version of the library wrote the table, 4 when the catalog does not know its
     *     newest version
     */
    public static Optional<TableMigration> of(Lake lake, TableContract contract) {
        return new TableVersions(lake, contract).loadNewest().map(table -> {
            if (TableLayout.versionOf(table) > TableLayout.VERSION) {
                new TableLayout(contract, lake.settings().root()).requireReadable(table);
            }
            return new TableMigration(lake, contract, table);
        });
    }

    /** The table that is to be changed. */
    public TableContract contract() {
        return contract;
    }

    /** What is to be changed, in one line each; empty where the table is what the contract says. */
    public List<String> changes() {
        List<String> changes = new ArrayList<>(difference().changes().stream()
                .map(SchemaDifference.Change::what)
                .toList());
        properties()
                .forEach((name, value) -> changes.add(
                        "set property " + name + (name.startsWith(TableContract.DEFINITION) ? "" : ": " + value)));
        return changes;
    }

    /** What Iceberg can't do, and what to do instead, in one line each. */
    public List<String> obstacles() {
        List<String> obstacles = new ArrayList<>(difference().obstacles().stream()
                .map(SchemaDifference.Obstacle::toString)
                .toList());
        boolean hasPartitionColumns =
                contract.partitions().stream().allMatch(field -> table.schema().findField(field.column()) != null);
        if (hasPartitionColumns) {
            new TableLayout(contract, lake.settings().root())
                    .partitioning(table)
                    .ifPresent(difference -> obstacles.add("the table is " + difference.replace("\n", " ")));
        }
        return obstacles;
    }

    /** The runs that have a branch of the table, because they are at work, failed, or died. */
    public List<String> unpublishedRuns() {
        String prefix = Lake.branch("");
        return table.refs().keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .sorted()
                .toList();
    }

    /**
     * Makes all changes in one commit; none where there are none any more.
     *
     * @throws JobException exit code 4 when other commits came between again and again
     */
    public void apply() {
        for (int attempt = 1; ; attempt++) {
            table.refresh();
            if (!obstacles().isEmpty()) {
                throw JobException.outsideSystem(
                        contract + " was changed by another tool meanwhile. Repeat Migrate.", null);
            }
            if (changes().isEmpty()) {
                return;
            }
            try {
                commit();
                return;
            } catch (CommitFailedException e) {
                if (attempt == MOST_COMMIT_ATTEMPTS) {
                    throw JobException.outsideSystem(
                            contract + " could not be changed in " + attempt
                                    + " attempts: other commits came between. Repeat Migrate; what it has changed stays.",
                            e);
                }
            }
        }
    }

    private void commit() {
        Transaction transaction = table.newTransaction();
        List<SchemaDifference.Change> changes = difference().changes();
        if (!changes.isEmpty()) {
            UpdateSchema schema = transaction.updateSchema();
            // Columns are ordered after all of them are there.
            changes.forEach(change -> change.step().accept(schema));
            schema.commit();
        }
        Map<String, String> properties = properties();
        if (!properties.isEmpty()) {
            UpdateProperties update = transaction.updateProperties();
            properties.forEach(update::set);
            update.commit();
        }
        transaction.commitTransaction();
    }

    private SchemaDifference difference() {
        return SchemaDifference.of(contract, table.schema(), hasRows());
    }

    /** Whether any version has rows, published or not: each may be read again. */
    private boolean hasRows() {
        for (Snapshot snapshot : table.snapshots()) {
            if (!"0".equals(snapshot.summary().get(SnapshotSummary.TOTAL_RECORDS_PROP))) {
                return true;
            }
        }
        return false;
    }

    /** The properties to set: what the contract decides, and of what this library only proposes those that nobody has set. */
    private Map<String, String> properties() {
        Map<String, String> wanted = new TreeMap<>(Lake.propertiesOf(contract));
        wanted.keySet()
                .removeIf(name -> name.equals("format-version")
                        || (Lake.isProposal(contract, name)
                                && table.properties().containsKey(name)));
        wanted.entrySet()
                .removeIf(property ->
                        property.getValue().equals(table.properties().get(property.getKey())));
        return wanted;
    }
}
