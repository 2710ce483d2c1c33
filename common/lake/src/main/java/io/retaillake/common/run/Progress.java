package io.retaillake.common.run;

import io.retaillake.common.job.ProcessMemory;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Tells on standard error what a job does and how far it is, one line a second while that changes:
 *
 * <pre>progress job=ExtractPurchases step="extract bronze.purchase" rows=1200000 expected=28593030</pre>
 *
 * and once, at the end, {@code finished job=… seconds=… rows=… peak_memory_mib=… most_tasks=…}, with {@code published_before=true} where
 * there was nothing left to do. {@code bin/pipeline} reads these lines; the system property {@code retail-lake.progress=none} leaves
 * them out, for people who have no use for them. {@code most_tasks} is how many tasks Spark could run side by side at best: the
 * most of a stage that read rows; 0 where none did. A step's rows are never more than it expects: Spark may
 * read a row several times, and a job says itself how many it has processed.
 */
public final class Progress implements AutoCloseable {

    private static final boolean IS_TOLD = !"none".equals(System.getProperty("retail-lake.progress"));

    private final String job;
    private final long startedNanos = System.nanoTime();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });
    private final RowCounter sparkRows = new RowCounter();

    private volatile Step step;
    private Optional<SparkContext> watched = Optional.empty();
    private long mostRows;
    private OptionalLong processedRows = OptionalLong.empty();
    private boolean publishedBefore;
    private String lastLine = "";

    private record Step(String name, long expectedRows, LongSupplier rows) {}

    private Progress(String job) {
        this.job = job;
    }

    static Progress start(String job) {
        Progress progress = new Progress(job);
        Future<?> unused = progress.clock.scheduleAtFixedRate(progress::print, 1, 1, TimeUnit.SECONDS);
        return progress;
    }

    /** Counts the rows that {@code spark}'s tasks read from now on. */
    public void watch(SparkSession spark) {
        watched = Optional.of(spark.sparkContext());
        spark.sparkContext().addSparkListener(sparkRows);
    }

    /**
     * Begins a step whose rows Spark's tasks read.
     *
     * @param expectedRows how many rows it will read; 0 where that is unknown
     */
    public void step(String name, long expectedRows) {
        print();
        sparkRows.reset();
        step(name, expectedRows, sparkRows::rows);
    }

    /** Begins a step that counts its rows itself. */
    public synchronized void step(String name, long expectedRows, LongSupplier rows) {
        step = new Step(name, expectedRows, rows);
        print();
    }

    /** Tells how many rows the job has processed, each once: what is shown at its end. Else that is the most rows of a step. */
    public synchronized void processed(long rows) {
        processedRows = OptionalLong.of(rows);
    }

    /** Tells that an earlier attempt of the run has published everything. */
    public synchronized void publishedBefore() {
        publishedBefore = true;
    }

    /** Time since the job began. */
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    private synchronized void print() {
        Step current = step;
        if (current == null) {
            return;
        }
        long read = current.rows().getAsLong();
        long rows = current.expectedRows() > 0 ? Math.min(read, current.expectedRows()) : read;
        mostRows = Math.max(mostRows, rows);
        String expected = current.expectedRows() > 0 ? " expected=" + current.expectedRows() : "";
        String line = "progress job=" + job + " step=\"" + current.name() + "\" rows=" + rows + expected;
        if (!line.equals(lastLine)) {
            lastLine = line;
            tell(line);
        }
    }

    synchronized void finished() {
        print();
        double seconds = elapsed().toMillis() / 1000.0;
        tell(String.format(
                Locale.ROOT,
                "finished job=%s seconds=%.1f rows=%d peak_memory_mib=%d most_tasks=%d%s",
                job,
                seconds,
                processedRows.orElse(mostRows),
                ProcessMemory.peakMib(),
                sparkRows.mostTasks(),
                publishedBefore ? " published_before=true" : ""));
    }

    private static void tell(String line) {
        if (IS_TOLD) {
            System.err.println(line);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        watched.ifPresent(spark -> spark.removeSparkListener(sparkRows));
    }
}
