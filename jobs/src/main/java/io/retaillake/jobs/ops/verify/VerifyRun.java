package io.retaillake.jobs.ops.verify;

import io.retaillake.common.command.TerminalColumns;
import io.retaillake.common.job.Problems;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.Run;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.Job;
import io.retaillake.common.run.JobArguments;
import io.retaillake.common.run.JobMain;
import io.retaillake.common.run.Progress;
import io.retaillake.common.run.RunOptions;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Closes a run: every table of the pipeline must carry the run's tag for the same months, and the rows and the amount must be the same from
 * the source to each mart. The marts are added up again; the source, bronze and silver are compared by what was counted when
 * they were written. Prints the reconciliation, what was rejected and why, the affiliates' KPIs, and what the extraction noticed. Every data file of the
 * window, and of the record of runs, must be there with the length that it was written with.
 */
@Command(
        name = "VerifyRun",
        description =
                "Checks that all jobs of a run are done and that its tables reconcile from the source to each mart.")
public final class VerifyRun implements Job {

    @Mixin
    private RunOptions runOptions;

    @Option(
            names = "--without-sql-tables",
            arity = "0..1",
            fallbackValue = "true",
            description = "The run need not have built the tables that are defined in SQL.")
    private boolean withoutSqlTables;

    public static void main(String[] args) throws FailedJobException {
        JobMain.run(new VerifyRun(), args);
    }

    @Override
    public Work prepare(Problems problems) {
        JobArguments arguments = runOptions.arguments(problems);
        return progress -> run(arguments, progress);
    }

    private void run(JobArguments arguments, Progress progress) {
        Lake lake = Lake.open(arguments.lake(), name());
        Run run = Run.ofWindow(arguments, name());
        Publication.run(lake, run, List.of(), publication -> {
            progress.step("look for what run " + run.id() + " published", 0);
            PublishedRun published = PublishedRun.find(lake, run.id(), arguments.window(), !withoutSqlTables);
            published.requireIntactFiles(lake, arguments.window());
            JobRunFiles.requireIntact(lake);
            Marts marts = new Marts(
                    lake,
                    arguments.window(),
                    Marts.addingUp(published.tables(), arguments.window()),
                    mart -> published.snapshotId(lake, mart));
            progress.step("reconcile, and read the KPIs", 0, marts::rowsRead);
            OverviewSales overview = marts.overview();
            Reconciliation reconciliation =
                    Reconciliation.of(published, marts, marts.sales(mart -> List.of()), overview);
            int columns = TerminalColumns.ofMessages();
            System.out.println("Reconciliation of run " + run.id() + ", months " + arguments.window());
            reconciliation.lines(columns).forEach(System.out::println);
            List<String> rejected = RejectedRows.of(published).lines();
            if (!rejected.isEmpty()) {
                System.out.println();
                rejected.forEach(System.out::println);
            }
            System.out.println();
            System.out.println("KPIs per affiliate");
            AffiliateKpis.lines(overview, columns).forEach(System.out::println);
            published.warnings().forEach(warning -> System.out.println("\n" + warning));
            reconciliation.facts().forEach(publication::recordFact);
            publication.publish(reconciliation.checks(), List.of());
        });
    }
}
