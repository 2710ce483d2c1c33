package io.retaillake.jobs.ops;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.job.FailedJobException;
import io.retaillake.common.job.Job;
import io.retaillake.common.job.JobException;
import io.retaillake.common.job.JobMain;
import io.retaillake.common.job.Problems;
import io.retaillake.common.job.Progress;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.lake.LakeOptions;
import io.retaillake.common.lake.LakeSettings;
import io.retaillake.common.registry.TableRegistry;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Reads every file of every table's current version and tells which are gone or are not what was written. On request it
 * returns a table whose metadata is damaged, or that the catalog has lost, to its newest version that can be read.
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

    public static void main(String[] args) throws FailedJobException {
        JobMain.run(new CheckLake(), args);
    }

    @Override
    public Work prepare(Problems problems) {
        LakeSettings lake = lakeOptions.settings(problems);
        return progress -> run(lake, progress);
    }

    private void run(LakeSettings settings, Progress progress) {
        Lake lake = Lake.open(settings, name());
        progress.watch(lake.spark());
        List<TableContract> tables = TableRegistry.load().contracts();
        List<String> damaged = new ArrayList<>();
        for (TableContract contract : tables) {
            progress.step("check " + contract, 0);
            TableFinding finding = TableFinding.of(lake, contract, restore);
            System.out.println(finding.lines());
            if (finding.isDamaged()) {
                damaged.add(contract.qualifiedName());
            }
        }
        if (!damaged.isEmpty()) {
            throw JobException.outsideSystem(
                    damaged.size() + " of " + tables.size() + " tables are damaged: " + String.join(", ", damaged)
                            + ".\nThe lines that begin with 'damaged' say what to do.",
                    null);
        }
    }
}
