package io.retaillake.jobs.ops.report;

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
import io.retaillake.jobs.ops.verify.JobRunFiles;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Writes the page to look at: the KPIs of gold as charts and the reconciliation, in one HTML file that needs no network. It
 * shows what the run published, and of marts that the run did not publish what is current. It judges nothing: a
 * reconciliation that does not hold is shown as such.
 */
@Command(
        name = "PublishReport",
        description = "Writes gold's KPIs as one HTML page into the lake: data/factdata/gold/report/latest.html.")
public final class PublishReport implements Job {

    @Mixin
    private RunOptions runOptions;

    public static void main(String[] args) throws FailedJobException {
        JobMain.run(new PublishReport(), args);
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
            JobRunFiles.requireIntact(lake);
            ReportData data = ReportReader.read(lake, run.id(), arguments.window(), publication, progress);
            progress.step("write the page", 0);
            String page = ReportPage.of(data);
            String uri = ReportFile.write(lake, run.id(), page);
            System.out.println("Report of run " + run.id() + ": " + uri);
            publication.recordFact("report", uri);
            publication.recordFact("bytes", page.getBytes(StandardCharsets.UTF_8).length);
            publication.publish(List.of(), List.of());
        });
    }
}
