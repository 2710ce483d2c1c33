package io.retaillake.jobs.ops.verify;

import io.retaillake.common.contract.BronzeTables;
import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.JobException;
import io.retaillake.common.job.Window;
import io.retaillake.common.lake.DataFiles;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.RowsInWindow;
import io.retaillake.common.publish.Run;
import io.retaillake.common.publish.Seal;
import io.retaillake.common.registry.JobRegistry;
import io.retaillake.common.registry.TableDefinition;
import io.retaillake.common.sqltable.LakeTables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a run left on every table of the pipeline, and on those of the lake's users that it has built.
 *
 * @param tables these tables
 * @param seals the seal on each
 */
public record PublishedRun(List<TableDefinition> tables, Map<TableContract, Seal> seals) {

    /**
     * Finds them.
     *
     * @param withSqlTables whether the run must have built the library's tables in SQL, too
     * @throws JobException exit code 3 naming every table that the run has not published, or published for other months
     */
    static PublishedRun find(Lake lake, String runId, Window window, boolean withSqlTables) {
        List<String> problems = new ArrayList<>();
        PublishedRun run = find(lake, runId, window, withSqlTables, problems);
        if (!problems.isEmpty()) {
            throw JobException.badData("Run " + runId + " is not complete for the months " + window + ".\n- "
                    + String.join("\n- ", problems)
                    + "\nRun the missing jobs with this --run-id and the same months, then VerifyRun again.");
        }
        return run;
    }

    /** Finds them, or nothing where the run has not published every table for these months, those in SQL aside. */
    public static Optional<PublishedRun> findComplete(Lake lake, String runId, Window window) {
        List<String> problems = new ArrayList<>();
        PublishedRun run = find(lake, runId, window, false, problems);
        return problems.isEmpty() ? Optional.of(run) : Optional.empty();
    }

    private static PublishedRun find(
            Lake lake, String runId, Window window, boolean withSqlTables, List<String> problems) {
        Map<TableContract, Seal> seals = new HashMap<>();
        List<TableDefinition> published = new ArrayList<>();
        LakeTables tables = LakeTables.of(lake);
        List<TableDefinition> ofEveryRun = JobRegistry.load().tablesOfRun().stream()
                .flatMap(name -> tables.modules().named(name).stream())
                .toList();
        Stream.concat(ofEveryRun.stream(), tables.users().stream()).forEach(table -> {
            TableContract contract = table.contract();
            Optional<Seal> seal = lake.find(contract).flatMap(found -> Publication.sealOf(found, runId));
            if (seal.isEmpty()) {
                if (ofEveryRun.contains(table)
                        && (withSqlTables || table.query().isEmpty())) {
                    problems.add(contract + " was not published by this run");
                }
                return;
            }
            published.add(table);
            seals.put(contract, seal.get());
            String months = seal.get().run().arguments().get("window");
            if (months != null && !months.equals(window.toString())) {
                problems.add(contract + " was published by this run for the months " + months);
            }
        });
        return new PublishedRun(published, seals);
    }

    /**
     * Requires that the files which hold the window's rows are as the run wrote them. Opens none of them.
     *
     * @throws JobException exit code 4 naming every file that is not, of the first table that has one
     */
    void requireIntactFiles(Lake lake, Window window) {
        tables.forEach(table -> DataFiles.requireIntact(
                lake, table.contract(), snapshotId(lake, table.contract()), RowsInWindow.of(table.contract(), window)));
    }

    /** The snapshot that the run published of a table. */
    long snapshotId(Lake lake, TableContract contract) {
        Run run = seal(contract).run();
        return lake.inputSnapshot(contract, run.id(), run.job());
    }

    Seal seal(TableContract contract) {
        return seals.get(contract);
    }

    /** What the extraction noticed and a person should know. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        String drifted = seal(BronzeTables.PURCHASE).facts().get("drifted_months");
        if (drifted != null) {
            warnings.add("Months outside the window that no longer are in the lake what they are in the source: "
                    + drifted.replace(",", ", ")
                    + ".\nRun the whole pipeline for them (--from, --to).");
        }
        Stream.of(BronzeTables.CUSTOMER, BronzeTables.PURCHASE)
                .map(contract -> seal(contract).facts().get("source_notices"))
                .filter(Objects::nonNull)
                .forEach(notices -> warnings.add(
                        "The source is not quite what the contracts say:\n  " + notices.replace("\n", "\n  ")));
        return warnings;
    }
}
