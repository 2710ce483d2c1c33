package io.retaillake.jobs.ops.maintenance;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.Problems;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.lake.LakeOptions;
import io.retaillake.common.lake.LakeSettings;
import io.retaillake.common.lake.TableVersions;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.Job;
import io.retaillake.common.run.JobMain;
import io.retaillake.common.run.Progress;
import io.retaillake.common.sqltable.LakeTables;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Removes what no reader and no repetition of a run needs any more: tags of runs long superseded, branches of dead runs,
 * untagged old snapshots with their files, files that no version knows; and rewrites small files. It may run beside a
 * pipeline: what is younger than the ages below is never touched, and files are rewritten only where no run is at work.
 */
@Command(
        name = "CleanUp",
        description = "Removes old snapshots, tags, dead runs' branches and orphaned files, and rewrites small files.")
public final class CleanUp implements Job {

    private final Clock clock;

    @Mixin
    private LakeOptions lakeOptions;

    @Option(
            names = "--dry-run",
            arity = "0..1",
            fallbackValue = "true",
            description = "Print what would be done, and change nothing.")
    private boolean dryRun;

    @Option(
            names = "--snapshot-age-days",
            paramLabel = "<days>",
            description = "Untagged snapshots older than this go; default ${DEFAULT-VALUE}.")
    private int snapshotAgeDays = 30;

    @Option(
            names = "--keep-runs",
            paramLabel = "<n>",
            description =
                    "The newest runs keep their tags whatever their age; of the others, tags go once superseded for "
                            + "--snapshot-age-days; default ${DEFAULT-VALUE}.")
    private int keepRuns = 30;

    @Option(
            names = "--branch-age-days",
            paramLabel = "<days>",
            description =
                    "Branches of unpublished runs that were not touched for this long go; default ${DEFAULT-VALUE}.")
    private int branchAgeDays = 7;

    @Option(
            names = "--orphan-age-days",
            paramLabel = "<days>",
            description =
                    "Files that no version knows and that are older than this go; more than the longest run takes; "
                            + "default ${DEFAULT-VALUE}.")
    private int orphanAgeDays = 3;

    @Option(
            names = "--small-files",
            paramLabel = "<n>",
            description =
                    "Rewrite a partition's small files from this many on; 0 rewrites none; default ${DEFAULT-VALUE}.")
    private int smallFiles = 5;

    public CleanUp() {
        this(Clock.systemUTC());
    }

    public CleanUp(Clock clock) {
        this.clock = clock;
    }

    public static void main(String[] args) throws FailedJobException {
        JobMain.run(new CleanUp(), args);
    }

    @Override
    public Work prepare(Problems problems) {
        LakeSettings lake = lakeOptions.settings(problems);
        requireAtLeastOne("--snapshot-age-days", snapshotAgeDays, problems);
        requireAtLeastOne("--keep-runs", keepRuns, problems);
        requireAtLeastOne("--branch-age-days", branchAgeDays, problems);
        requireAtLeastOne("--orphan-age-days", orphanAgeDays, problems);
        if (smallFiles < 0 || smallFiles == 1) {
            problems.add("--small-files is " + smallFiles + "; allowed: 0, or 2 and more");
        }
        Retention retention = new Retention(
                clock.instant(),
                Duration.ofDays(snapshotAgeDays),
                keepRuns,
                Duration.ofDays(branchAgeDays),
                Duration.ofDays(orphanAgeDays),
                smallFiles);
        return progress -> run(lake, retention, progress);
    }

    private static void requireAtLeastOne(String option, int value, Problems problems) {
        if (value < 1) {
            problems.add(option + " is " + value + "; allowed: 1 and more, so that nothing in use is removed");
        }
    }

    private void run(LakeSettings settings, Retention retention, Progress progress) {
        Lake lake = MaintenanceRun.open(settings, name(), progress);
        Map<TableContract, TableVersions> versions = new LinkedHashMap<>();
        Map<TableContract, Table> tables = new LinkedHashMap<>();
        for (TableContract contract : LakeTables.of(lake).registry().contracts()) {
            versions.put(contract, new TableVersions(lake, contract));
            versions.get(contract).findNewest().ifPresent(table -> tables.put(contract, table));
        }
        if (dryRun) {
            Map<String, Long> unused = cleanUp(lake, tables, versions, retention, progress);
            return;
        }
        Map<String, String> identity = Map.of(
                "snapshot-age-days", Integer.toString(snapshotAgeDays),
                "keep-runs", Integer.toString(keepRuns),
                "branch-age-days", Integer.toString(branchAgeDays),
                "orphan-age-days", Integer.toString(orphanAgeDays),
                "small-files", Integer.toString(smallFiles));
        MaintenanceRun.record(
                lake,
                name(),
                "cleanup",
                retention.now(),
                identity,
                publication ->
                        cleanUp(lake, tables, versions, retention, progress).forEach(publication::recordFact));
    }

    private Map<String, Long> cleanUp(
            Lake lake,
            Map<TableContract, Table> tables,
            Map<TableContract, TableVersions> versions,
            Retention retention,
            Progress progress) {
        Set<String> expiredRuns = ExpiredRuns.find(tables.values(), retention);
        Map<String, Long> sums = new LinkedHashMap<>();
        int cleaned = 0;
        for (TableContract contract : tables.keySet()) {
            progress.step("clean up " + contract + " (" + ++cleaned + " of " + tables.size() + ")", 0);
            System.out.println(contract);
            TableCleanUp.Result result = new TableCleanUp(
                            lake, contract, versions.get(contract), retention, dryRun, System.out::println)
                    .run(expiredRuns);
            sums.merge("tags", (long) result.tags(), Long::sum);
            sums.merge("branches", (long) result.branches(), Long::sum);
            sums.merge("snapshots", (long) result.snapshots(), Long::sum);
            sums.merge("orphans", (long) result.orphans(), Long::sum);
            sums.merge("rewritten_files", result.compactedFiles(), Long::sum);
        }
        System.out.println((dryRun ? "Nothing was changed; it would be: " : "Done: ") + summary(sums));
        return sums;
    }

    private static String summary(Map<String, Long> sums) {
        return String.format(
                "%d tags and %d branches dropped, %d snapshots expired, %d orphans removed, %d small files rewritten",
                sums.getOrDefault("tags", 0L),
                sums.getOrDefault("branches", 0L),
                sums.getOrDefault("snapshots", 0L),
                sums.getOrDefault("orphans", 0L),
                sums.getOrDefault("rewritten_files", 0L));
    }
}
