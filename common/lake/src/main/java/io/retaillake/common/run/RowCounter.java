package io.retaillake.common.run;

import io.retaillake.common.spark.ScalaCollections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.StageInfo;

/** Counts the rows that Spark's tasks have read from outside, those of running tasks included, and the tasks that shared a stage's. */
final class RowCounter extends SparkListener {

    private static final String RECORDS_READ = "internal.metrics.input.recordsRead";

    private final AtomicLong finishedRows = new AtomicLong();
    private final Map<Long, Long> runningRowsByTask = new ConcurrentHashMap<>();
    private final AtomicInteger mostTasks = new AtomicInteger();

    long rows() {
        return finishedRows.get()
                + runningRowsByTask.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The most tasks of a stage that read rows, since the job began. */
    int mostTasks() {
        return mostTasks.get();
    }

    void reset() {
        finishedRows.set(0);
        runningRowsByTask.clear();
    }

    @Override
    public void onStageCompleted(SparkListenerStageCompleted completed) {
        StageInfo stage = completed.stageInfo();
        if (stage.taskMetrics() != null && stage.taskMetrics().inputMetrics().recordsRead() > 0) {
            mostTasks.accumulateAndGet(stage.numTasks(), Math::max);
        }
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
        runningRowsByTask.remove(end.taskInfo().taskId());
        if (end.taskInfo().successful() && end.taskMetrics() != null) {
            finishedRows.addAndGet(end.taskMetrics().inputMetrics().recordsRead());
        }
    }

    @Override
    public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
        ScalaCollections.list(update.accumUpdates())
                .forEach(task -> ScalaCollections.list(task._4()).stream()
                        .filter(RowCounter::countsRecordsRead)
                        .forEach(rows -> runningRowsByTask.put(
                                (Long) task._1(), ((Number) rows.update().get()).longValue())));
    }

    private static boolean countsRecordsRead(AccumulableInfo metric) {
        return metric.name().isDefined()
                && metric.name().get().equals(RECORDS_READ)
                && metric.update().isDefined()
                && metric.update().get() instanceof Number;
    }
}
