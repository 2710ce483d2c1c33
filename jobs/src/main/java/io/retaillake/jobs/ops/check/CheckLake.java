package io.retaillake.jobs.ops.check;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.JobException;
import io.retaillake.common.job.Problems;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.lake.LakeOptions;
import io.retaillake.common.lake.LakeSettings;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.Job;
import io.retaillake.common.run.JobMain;
import io.retaillake.common.run.Progress;
import io.retaillake.common.sqltable.LakeTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Reads every file of every table's current version and tells which are gone or are not what was written. On request it
 * returns a table whose metadata is damaged, or that the catalog has lost, to its newest version that can be read, and a lake that was moved to one whose
 * tables lie where it is now.
 */
@Command(
        name = "CheckLake",
        description =
                "Reads every file of every table and tells which are damaged; restores damaged metadata on request.")
public final class CheckLake implements Job {

    @Mixin
    private LakeOptions lakeOptions;

    @Option(
            names = "--restore",
            arity = "0..1",
            fallbackValue = "true",
            description =
                    "Return tables whose metadata is damaged, or that the catalog does not know any more, to their"
                            + " newest version that can be read, and take damaged files out of ops.job_runs. Not while a run is at"
                            + " work.")
    private boolean restore;

    @Option(
            names = "--relocate",
            arity = "0..1",
            fallbackValue = "true",
            description =
                    "Make tables that were moved or copied with their lake tables of this --lake: rewrite the paths in"
                            + " their metadata, and have the catalog name it. Not while a run is at work.")
    private boolean relocate;

    public static void main(String[] args) throws FailedJobException {
        JobMain.run(new CheckLake(), args);
    }

    @Override
    public Work prepare(Problems problems) {
        LakeSettings lake = lakeOptions.settings(problems);
        if (restore && relocate) {
            problems.add("--restore and --relocate are both given; relocate first, and restore what is damaged then");
        }
        return progress -> run(lake, progress);
    }

    private void run(LakeSettings settings, Progress progress) {
        Lake lake = Lake.open(settings, name());
        progress.watch(lake.spark());
        List<TableContract> tables = LakeTables.of(lake).contractsAndLost();
        List<TableFinding> wrong = new ArrayList<>();
        for (TableContract contract : tables) {
            progress.step("check " + contract, 0);
            Optional<TableFinding> relocated = relocate ? TableFinding.relocate(lake, contract) : Optional.empty();
            relocated.ifPresent(finding -> System.out.println(finding.lines()));
            TableFinding finding = relocated.filter(TableFinding::isDamaged).orElse(null);
            if (finding == null) {
                finding = TableFinding.of(lake, contract, restore);
                System.out.println(finding.lines());
            }
            if (finding.isDamaged()) {
                wrong.add(finding);
            }
        }
        if (!wrong.isEmpty()) {
            boolean misnamed = wrong.stream().anyMatch(TableFinding::isMisnamed);
            throw JobException.outsideSystem(
                    wrong.size() + " of " + tables.size() + " tables are damaged"
                            + (misnamed ? ", elsewhere, or older than what is there: " : ": ")
                            + wrong.stream().map(TableFinding::table).collect(Collectors.joining(", "))
                            + ".\nThe lines that begin with 'damaged'" + (misnamed ? " or 'problem'" : "")
                            + " say what to do.",
                    null);
        }
    }
}
