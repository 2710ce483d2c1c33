package io.retaillake.benchmark;

import io.retaillake.local.PipelineRuns;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Measures the pipeline's jobs while they run in one process. So a job's peak memory is that of the process so far, and where
 * jobs run side by side, each one's processor time is that of all of them meanwhile.
 */
final class JobMeter implements PipelineRuns.Listener {

    private static final Path NOTHING = Path.of("nothing");

    private final ProgressLines progress;
    private final Map<String, Begin> running = new HashMap<>();
    private Subject subject;

    private record Subject(Round round, Contestant contestant, Path lake) {}

    private record Begin(long nanos, long bytes, double cpuSeconds, double postgresCpuSeconds) {}

    JobMeter(ProgressLines progress) {
        this.progress = progress;
    }

    /** The jobs that are started from now on are measured. */
    synchronized void measure(Round round, Contestant contestant, Path lake) {
        round.usage().forget();
        subject = new Subject(round, contestant, lake);
    }

    /** The jobs that are started from now on are not measured. */
    synchronized void pause() {
        subject = null;
    }

    @Override
    public synchronized void started(String job) {
        if (subject == null) {
            progress.begin("not measured, " + job, NOTHING);
        } else {
            progress.begin(subject.contestant.title() + ", " + job, subject.lake);
            running.put(
                    job,
                    new Begin(
                            System.nanoTime(),
                            Folders.bytes(subject.lake),
                            subject.round.usage().ofAll().cpuSeconds(),
                            subject.round.source().cpuSeconds()));
        }
    }

    @Override
    public void progress(String job, String line) {
        progress.say(line);
    }

    @Override
    public synchronized void ended(PipelineRuns.Ended job) {
        progress.end();
        Begin begin = running.remove(job.job());
        if (begin == null) {
            return;
        }
        Round round = subject.round;
        ChildUsage.Usage used = round.usage().ofAll();
        round.measurements()
                .add(new Measurement(
                        round.scale(),
                        round.number(),
                        subject.contestant,
                        job.layer(),
                        job.job(),
                        job.ownSeconds(),
                        Math.max(0, job.processSeconds() - job.ownSeconds()),
                        used.cpuSeconds() - begin.cpuSeconds,
                        used.peakBytes(),
                        job.rows(),
                        Folders.bytes(subject.lake) - begin.bytes,
                        round.source().longestTransactionSeconds(begin.nanos),
                        round.source().cpuSeconds() - begin.postgresCpuSeconds,
                        round.secondsAt(begin.nanos),
                        job.mostTasks()));
    }
}
