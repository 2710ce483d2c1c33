package io.retaillake.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One round at one scale: runs what contestants consist of, and measures it.
 *
 * @param scale the source's size
 * @param number from 1
 * @param purchases how many the source has
 * @param usage of the processes that are started
 * @param source what they cost the database
 * @param measurements gets the results
 * @param progress shown meanwhile
 * @param startedNanos when it began
 */
record Round(
        double scale,
        int number,
        long purchases,
        ChildUsage usage,
        SourceMeter source,
        Measurements measurements,
        ProgressLines progress,
        long startedNanos) {

    private static final double NANOS_PER_SECOND = 1e9;

    /** What is done between two looks at the clock. */
    @FunctionalInterface
    interface Work {
        void run() throws InterruptedException;
    }

    /** A moment of {@link System#nanoTime}, after the beginning of the round. */
    double secondsAt(long nanos) {
        return (nanos - startedNanos) / NANOS_PER_SECOND;
    }

    /** Does all of a contestant's {@code work}, whose steps are measured meanwhile, and measures it as a whole. */
    void whole(Contestant contestant, Path folder, Work work) throws InterruptedException {
        long bytesBefore = Folders.bytes(folder);
        double cpuBefore = usage.ofAll().cpuSeconds();
        double postgresBefore = source.cpuSeconds();
        double begun = secondsAt(System.nanoTime());
        work.run();
        double seconds = secondsAt(System.nanoTime()) - begun;
        List<Measurement> steps = measurements.of(scale, number, contestant);
        measurements.add(new Measurement(
                scale,
                number,
                contestant,
                Measurement.WHOLE,
                Measurement.WHOLE,
                seconds,
                steps.stream().mapToDouble(Measurement::startSeconds).sum(),
                usage.ofAll().cpuSeconds() - cpuBefore,
                steps.stream().mapToLong(Measurement::peakBytes).max().orElse(0),
                purchases,
                Folders.bytes(folder) - bytesBefore,
                steps.stream().mapToDouble(Measurement::snapshotSeconds).max().orElse(0),
                source.cpuSeconds() - postgresBefore,
                begun,
                steps.stream().mapToInt(Measurement::mostTasks).max().orElse(0)));
    }

    /** Runs a process that tells of its steps as {@link StepLine}s, and adds each to the measurements. */
    void process(Contestant contestant, String what, ProcessBuilder builder, Path folder, Path log)
            throws InterruptedException {
        progress.begin(contestant.title() + ", " + what, folder);
        double postgresBefore = source.cpuSeconds();
        long processStartedNanos = System.nanoTime();
        StepProcess process = StepProcess.run(builder, log);
        progress.end();
        double postgresCpuSeconds = source.cpuSeconds() - postgresBefore;
        ChildUsage.Usage used = usage.of(process.processId());
        double snapshotSeconds = source.longestTransactionSeconds(processStartedNanos);
        measure(contestant, process, secondsAt(processStartedNanos), used, snapshotSeconds, postgresCpuSeconds)
                .forEach(measurements::add);
    }

    /**
     * What is the process's and not a step's, is the first step's: the start of the JVM, and the database's part, because who
     * does several steps reads the database first.
     */
    private List<Measurement> measure(
            Contestant contestant,
            StepProcess process,
            double processBegunSeconds,
            ChildUsage.Usage used,
            double snapshotSeconds,
            double postgresCpuSeconds) {
        double stepSeconds =
                process.steps().stream().mapToDouble(StepLine::seconds).sum();
        double stepCpuSeconds =
                process.steps().stream().mapToDouble(StepLine::cpuSeconds).sum();
        double begunSeconds = processBegunSeconds;
        List<Measurement> measured = new ArrayList<>();
        for (StepLine step : process.steps()) {
            boolean first = measured.isEmpty();
            double startSeconds = first ? Math.max(0, process.seconds() - stepSeconds) : 0;
            measured.add(new Measurement(
                    scale,
                    number,
                    contestant,
                    step.layer(),
                    step.name(),
                    step.seconds(),
                    startSeconds,
                    step.cpuSeconds() + (first ? Math.max(0, used.cpuSeconds() - stepCpuSeconds) : 0),
                    used.peakBytes(),
                    purchases,
                    step.bytesWritten(),
                    first ? snapshotSeconds : 0,
                    first ? postgresCpuSeconds : 0,
                    begunSeconds,
                    0));
            begunSeconds += startSeconds + step.seconds();
        }
        return measured;
    }
}
