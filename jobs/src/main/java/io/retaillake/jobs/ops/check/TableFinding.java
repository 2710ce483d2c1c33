package io.retaillake.jobs.ops.check;

import io.retaillake.common.contract.Layer;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.ExitCode;
import io.retaillake.common.job.JobException;
import io.retaillake.common.lake.DamagedTable;
import io.retaillake.common.lake.DataFiles;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.lake.TableRelocation;
import io.retaillake.common.lake.TableVersions;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.DeleteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/**
 * What {@link CheckLake} found of a table.
 *
 * @param verdict ok, absent, restored, moved, damaged, or problem where the catalog names another place or an older version
 * @param table its name
 * @param what why, and what to do
 */
record TableFinding(String verdict, String table, String what) {

    private static final String DAMAGED = "damaged";
    private static final String PROBLEM = "problem";

    /** Makes a table that was moved or copied one of this lake. */
    static Optional<TableFinding> relocate(Lake lake, TableContract contract) {
        try {
            return new TableRelocation(lake, contract)
                    .run()
                    .map(version ->
                            new TableFinding("moved", contract.qualifiedName(), "to this lake, and is now " + version));
        } catch (JobException e) {
            return Optional.of(new TableFinding(PROBLEM, contract.qualifiedName(), e.getMessage()));
        }
    }

    /** Reads all files of the table's current version, and fixes what the catalog says of it if it may. */
    static TableFinding of(Lake lake, TableContract contract, boolean restore) {
        Optional<Table> table;
        List<String> unreadable;
        try {
            Optional<JobException> wrongName = new TableVersions(lake, contract).findWrongName();
            if (wrongName.isPresent()) {
                return restore
                        ? restored(lake, contract)
                        : new TableFinding(
                                PROBLEM,
                                contract.qualifiedName(),
                                wrongName.get().getMessage());
            }
            table = lake.find(contract);
            if (table.isEmpty()) {
                return absent(lake, contract, restore);
            }
            unreadable = DataFiles.unreadable(lake, table.get());
        } catch (RuntimeException e) {
            // Each catalog and file format has exceptions of its own.
            if (DamagedTable.explain(e).isEmpty() && !DamagedTable.isOfDecoder(e)) {
                throw e;
            }
            String why = DamagedTable.explain(e)
                    .map(JobException::getMessage)
                    .orElse("its metadata can't be read: " + e.getMessage());
            return restore ? restored(lake, contract) : new TableFinding(DAMAGED, contract.qualifiedName(), why);
        }
        if (unreadable.isEmpty()) {
            return new TableFinding("ok", contract.qualifiedName(), "every file of " + version(table.get()));
        }
        if (restore && contract.layer() == Layer.OPS) {
            DeleteFiles removal = table.get().newDelete();
            unreadable.forEach(removal::deleteFile);
            removal.commit();
            return new TableFinding(
                    "restored", contract.qualifiedName(), "without the " + unreadable.size() + " damaged files");
        }
        return new TableFinding(
                DAMAGED,
                contract.qualifiedName(),
                DamagedTable.exception(
                                contract,
                                unreadable.stream()
                                        .map(file -> file + " is gone or is not what was written")
                                        .toList(),
                                null)
                        .getMessage());
    }

    private static TableFinding absent(Lake lake, TableContract contract, boolean restore) {
        if (!new TableVersions(lake, contract).exist()) {
            return new TableFinding("absent", contract.qualifiedName(), "no run has made it yet");
        }
        return restore
                ? restored(lake, contract)
                : new TableFinding(
                        DAMAGED,
                        contract.qualifiedName(),
                        Lake.lost(contract, lake.settings()).getMessage());
    }

    private static TableFinding restored(Lake lake, TableContract contract) {
        Optional<String> restored;
        try {
            restored = new TableVersions(lake, contract).restore();
        } catch (JobException e) {
            if (e.exitCode() == ExitCode.BAD_ARGUMENTS) {
                return new TableFinding(PROBLEM, contract.qualifiedName(), e.getMessage());
            }
            throw e;
        }
        return restored.map(version -> new TableFinding("restored", contract.qualifiedName(), "to " + version))
                .orElseGet(() -> new TableFinding(
                        "restored",
                        contract.qualifiedName(),
                        "to nothing: no version of it can be read. The next run of the whole pipeline makes it anew"));
    }

    private static String version(Table table) {
        return Optional.ofNullable(table.currentSnapshot())
                .map(Snapshot::snapshotId)
                .map(id -> "snapshot " + id)
                .orElse("no snapshot");
    }

    boolean isDamaged() {
        return verdict.equals(DAMAGED) || isMisnamed();
    }

    /** Whether the catalog names what lies elsewhere, or an older version than there is. */
    boolean isMisnamed() {
        return verdict.equals(PROBLEM);
    }

    /** For a person; the first line begins with the verdict. */
    String lines() {
        return String.format("%-8s  %-28s  %s", verdict, table, what.replace("\n", "\n          "));
    }
}
