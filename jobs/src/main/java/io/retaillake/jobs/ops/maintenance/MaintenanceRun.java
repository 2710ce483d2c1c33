package io.retaillake.jobs.ops.maintenance;

import io.retaillake.common.lake.Lake;
import io.retaillake.common.lake.LakeSettings;
import io.retaillake.common.publish.Publication;
import io.retaillake.common.publish.Run;
import io.retaillake.common.run.Progress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** How the jobs that look after a lake begin, and how they are recorded: as runs of their own that publish no table. */
final class MaintenanceRun {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS").withZone(ZoneOffset.UTC);

    private MaintenanceRun() {}

    /** Opens a lake that is there; one that is not is not made. */
    static Lake open(LakeSettings settings, String job, Progress progress) {
        Lake.requireExists(settings);
        Lake lake = Lake.open(settings, job);
        progress.watch(lake.spark());
        return lake;
    }

    /**
     * Does {@code work}, which may record facts, and adds its line to the record of runs.
     *
     * @param prefix what the run's id begins with; {@code now} follows
     */
    static void record(
            Lake lake,
            String job,
            String prefix,
            Instant now,
            Map<String, String> identity,
            Consumer<Publication> work) {
        Run run = new Run(prefix + "-" + TIME.format(now), job, new TreeMap<>(identity));
        Publication.run(lake, run, List.of(), publication -> {
            work.accept(publication);
            publication.publish(List.of(), List.of());
        });
    }
}
