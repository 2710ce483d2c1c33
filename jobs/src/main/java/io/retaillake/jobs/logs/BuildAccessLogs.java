package io.retaillake.jobs.logs;

import io.retaillake.common.job.BusinessTime;
import io.retaillake.common.job.Problems;
import io.retaillake.common.lake.FolderOption;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.lake.LakeOptions;
import io.retaillake.common.lake.LakeSettings;
import io.retaillake.common.publish.Batch;
import io.retaillake.common.publish.BatchPublication;
import io.retaillake.common.publish.QueryProgress;
import io.retaillake.common.run.FailedJobException;
import io.retaillake.common.run.Job;
import io.retaillake.common.run.JobMain;
import io.retaillake.common.run.Progress;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Brings what the collector of access logs has stored into {@code silver.access_logs}: of each hour that is over, each record once. What comes
 * later for such an hour is brought by the run after it has come. Goes on where the table is, whatever became of the runs before.
 */
@Command(
        name = "BuildAccessLogs",
        description = "Brings access logs of hours that are over from the collector's folder into silver.access_logs.")
public final class BuildAccessLogs implements Job {

    /** Under which the table says how far it is. A lake has one source of access logs. */
    static final String QUERY = "access-logs";

    /** The last records of an hour come with the turn after it, three minutes later, and some seconds. */
    private static final Duration GRACE = Duration.ofMinutes(10);

    @Mixin
    private LakeOptions lakeOptions;

    @Option(
            names = "--logs",
            required = true,
            paramLabel = "<uri>",
            description = "The collector's folder: a folder, file:/… or s3://bucket[/prefix].")
    private String logs;

    @Option(
            names = "--zone",
            paramLabel = "<zone>",
            description =
                    "Zone of the source's clock, by which an hour is over ten minutes after its end; default ${DEFAULT-VALUE}.")
    private String zone = BusinessTime.ZONE.getId();

    @Option(
            names = "--until",
            paramLabel = "yyyy-MM-ddTHH:mm",
            description =
                    "Take hours that were over at this time of the source's clock; default: now, less ten minutes.")
    private String until;

    public static void main(String[] args) throws FailedJobException {
        JobMain.run(new BuildAccessLogs(), args);
    }

    @Override
    public Work prepare(Problems problems) {
        LakeSettings lake = lakeOptions.settings(problems);
        String folder = logs == null ? null : FolderOption.root("--logs", logs, problems);
        long endHour = endHour(problems);
        return progress -> run(Lake.open(lake, name()), folder, endHour, progress);
    }

    private long endHour(Problems problems) {
        ZoneId of = BusinessTime.ZONE;
        try {
            of = ZoneId.of(zone);
        } catch (DateTimeException e) {
            problems.add("--zone is '" + zone + "'; allowed: a zone such as Asia/Seoul, UTC, +09:00");
        }
        try {
            return LogPositions.hourOf(
                    until == null
                            ? LocalDateTime.ofInstant(Instant.now().minus(GRACE), of)
                            : LocalDateTime.parse(until));
        } catch (DateTimeException e) {
            problems.add("--until is '" + until + "'; allowed: a time such as 2026-11-29T13:00");
            return 0;
        }
    }

    private static void run(Lake lake, String location, long endHour, Progress progress) {
        progress.watch(lake.spark());
        progress.step("find access logs", 0);
        LogFolder folder = LogFolder.open(location, lake.spark().sessionState().newHadoopConf());
        LogPositions reached = QueryProgress.of(lake.findOrCreate(AccessLogTable.ACCESS_LOGS), QUERY)
                .map(of -> LogPositions.of(of.reached()))
                .orElse(LogPositions.BEGIN);
        LogBatch found = LogBatch.find(folder, reached, endHour);
        if (found.isEmpty()) {
            progress.processed(0);
            progress.publishedBefore();
            System.out.println(
                    "access logs nothing new: " + found.waiting().size() + " objects wait for their hour to be over");
        } else {
            Batch batch = new Batch(QUERY, found.id(), found.from().to(found.to()));
            LogCounts counts = new LogCounts(lake.spark().sparkContext());
            AccessLogAppend append = new AccessLogAppend(lake, found, counts);
            BatchPublication.run(
                    lake, batch, List.of(AccessLogTable.ACCESS_LOGS), publication -> append.run(publication, progress));
            progress.processed(counts.records());
            System.out.println(append.line());
        }
        warnOfHoursAhead(found, endHour);
    }

    /** A source's clock may be wrong; its records wait for their hour, and somebody should know. */
    private static void warnOfHoursAhead(LogBatch found, long endHour) {
        long ahead = found.waiting().stream()
                .filter(object -> object.hour() > endHour + 24)
                .count();
        if (ahead > 0) {
            System.err.println("warning " + ahead + " objects are of hours more than a day ahead, the latest "
                    + LogPositions.beginOf(found.waiting().stream()
                            .mapToLong(LogObject::hour)
                            .max()
                            .orElseThrow())
                    + "; they wait until these are over");
        }
    }
}
