package io.retaillake.events;

import io.retaillake.common.command.CommandException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The job {@code StreamEvents} in a process, and what it says of its batches. */
public final class StreamProcess implements AutoCloseable {

    private static final Pattern BATCH = Pattern.compile("events batch=.* received=(\\d+) .*");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Process process;

    /** When so many events were in the lake. */
    private final NavigableMap<Long, Moment> visible =
            new TreeMap<>(Map.of(0L, new Moment(Instant.MIN, Duration.ZERO)));

    private boolean ended;

    /** A moment, and the processors' time that the job had used. */
    private record Moment(Instant time, Duration processorTime) {}

    private StreamProcess(Process process) {
        this.process = process;
    }

    /** Starts the job with these options beside the ones that say from where to where. */
    public static StreamProcess start(Path project, Path lake, String bootstrapServers, String topic, String... more)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                project.resolve("bin/submit").toString(),
                "StreamEvents",
                "--lake",
                lake.toString(),
                "--bootstrap-servers",
                bootstrapServers,
                "--topic",
                topic));
        command.addAll(List.of(more));
        return start(new ProcessBuilder(command));
    }

    /** Starts a process that prints a line for each batch as the job does. */
    public static StreamProcess start(ProcessBuilder builder) throws IOException {
        StreamProcess stream = new StreamProcess(
                builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
        Thread reader = new Thread(stream::read, "batches");
        reader.setDaemon(true);
        reader.start();
        return stream;
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.out.println("   " + line);
                Matcher batch = BATCH.matcher(line);
                if (batch.matches()) {
                    arrived(Long.parseLong(batch.group(1)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            synchronized (this) {
                ended = true;
                notifyAll();
            }
        }
    }

    private synchronized void arrived(long events) {
        visible.put(visible.lastKey() + events, new Moment(Instant.now(), processorTime()));
        notifyAll();
    }

    /** Of the process and those that it has started. */
    private Duration processorTime() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .flatMap(handle -> handle.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Waits until so many events are in the lake. */
    public synchronized void await(long events) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (visible.lastKey() < events) {
            if (ended || System.nanoTime() > deadline) {
                throw new CommandException(
                        CommandException.OUTSIDE_SYSTEM,
                        "the stream has " + visible.lastKey() + " of " + events + " events and "
                                + (ended ? "has ended; it says why above" : "goes on with none for too long"));
            }
            wait(TimeUnit.SECONDS.toMillis(1));
        }
    }

    /** Time from when so many events were in the lake to when so many more were. */
    public synchronized Duration between(long events, long more) {
        return Duration.between(
                visible.ceilingEntry(events).getValue().time(),
                visible.ceilingEntry(more).getValue().time());
    }

    /** Processors' time of the job from when so many events were in the lake to when so many more were. */
    public synchronized Duration processorTimeBetween(long events, long more) {
        return visible.ceilingEntry(more)
                .getValue()
                .processorTime()
                .minus(visible.ceilingEntry(events).getValue().processorTime());
    }

    /** How long events took to become visible, in ascending order: those after the first {@code before}, by when they were made. */
    public List<Duration> delays(long before, List<Instant> made) throws InterruptedException {
        await(before + made.size());
        List<Duration> delays = new ArrayList<>();
        synchronized (this) {
            for (int i = 0; i < made.size(); i++) {
                delays.add(Duration.between(
                        made.get(i), visible.higherEntry(before + i).getValue().time()));
            }
        }
        delays.sort(null);
        return delays;
    }

    /** Stops the job as a person does, after its last batch. */
    @Override
    public void close() {
        // Process.destroy() closes what the process writes to while it is read.
        process.toHandle().destroy();
        try {
            process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
