package io.retaillake.jobs.ops.preflight;

import io.retaillake.common.job.Problems;
import io.retaillake.common.lake.LakeOptions;
import io.retaillake.common.lake.LakeSettings;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.Job;
import io.retaillake.common.run.JobMain;
import io.retaillake.common.run.Progress;
import io.retaillake.common.source.SourceOptions;
import io.retaillake.common.source.SourceSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Checks, before anything runs, what a run relies on: the secret, the connection and its encryption, the source's tables
 * beside their contracts, privileges, keys, snapshots, free connections, the lake and its catalog. One line each; all are
 * checked, whatever the first ones find. No data moves.
 */
@Command(
        name = "Preflight",
        description =
                "Checks source, secret, TLS, privileges, schema, lake and catalog, and says what to do about each.")
public final class Preflight implements Job {

    @Mixin
    private LakeOptions lakeOptions;

    @Mixin
    private SourceOptions sourceOptions;

    @Option(
            names = "--read-parallelism",
            paramLabel = "<n>",
            description = "The --read-parallelism that ExtractPurchases will be given; default ${DEFAULT-VALUE}.")
    private int readParallelism = 8;

    public static void main(String[] args) throws FailedJobException {
        JobMain.run(new Preflight(), args);
    }

    @Override
    public Work prepare(Problems problems) {
        LakeSettings lake = lakeOptions.settings(problems);
        SourceSettings source = sourceOptions.settings(problems);
        if (readParallelism < 1) {
            problems.add("--read-parallelism is " + readParallelism + "; allowed: 1 and more");
        }
        return progress -> run(lake, source, progress);
    }

    private void run(LakeSettings lake, SourceSettings source, Progress progress) {
        Findings findings = new Findings(System.out);
        progress.step("check the source", 0, () -> 0);
        new SourceFindings(source, readParallelism, findings).find();
        progress.step("check the lake", 0, () -> 0);
        LakeFindings.find(lake, findings);
        findings.throwIfAny();
    }
}
