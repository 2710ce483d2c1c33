package io.retaillake.jobs.logs;

import static io.retaillake.jobs.logs.AccessLogTable.ACCESS_LOGS;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.retaillake.common.job.JobException;
import io.retaillake.common.lake.Lake;
import io.retaillake.common.publish.BatchPublication;
import io.retaillake.common.publish.Check;
import io.retaillake.common.run.Progress;
import io.retaillake.common.spark.SparkInternals;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iceberg.Snapshot;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Appends a batch's records to {@code silver.access_logs}. A day's objects are read and written by one task, without a shuffle: as one file, in
 * the order of time. Records of hours that the table had before are compared with what it has of these days.
 */
final class AccessLogAppend {

    /** More of them would make a condition too deep; then the days from the first to the last are read. */
    private static final int MOST_DAYS_NAMED = 100;

    private final Lake lake;
    private final LogBatch batch;
    private final LogCounts counts;
    private long written;

    AccessLogAppend(Lake lake, LogBatch batch, LogCounts counts) {
        this.lake = lake;
        this.batch = batch;
        this.counts = counts;
    }

    /**
     * Appends them.
     *
     * @throws JobException exit code 3 naming every damaged object; nothing is published then
     */
    void run(BatchPublication publication, Progress progress) {
        progress.step(
                "read " + batch.objects().size() + " objects into " + ACCESS_LOGS, LogEstimate.records(lake, batch));
        if (!batch.objects().isEmpty()) {
            publication.append(ACCESS_LOGS, rows());
        }
        requireUndamaged();
        written = publication.rowsWritten(ACCESS_LOGS);
        // Only records of late hours are compared with the table: of them it may have any, of the others none.
        boolean hasLate = batch.objects().stream().anyMatch(this::isLate);
        long inTable = hasLate ? Math.max(0, counts.records() - counts.repeated() - written) : 0;
        publication.publish(List.of(
                Check.equal("objects: read = there", (long) batch.objects().size(), counts.objects()),
                Check.equal(
                        "records: written + repeated = read",
                        counts.records(),
                        written + counts.repeated() + inTable)));
    }

    /** What was done, as a line for people and log queries. */
    String line() {
        return "access logs turns=" + batch.from().turn() + ".." + (batch.to().turn() - 1)
                + " hours_until=" + LogPositions.beginOf(batch.to().hour())
                + " objects=" + batch.objects().size()
                + " records=" + counts.records()
                + " written=" + written
                + " repeated=" + (counts.records() - written)
                + " waiting_objects=" + batch.waiting().size();
    }

    private void requireUndamaged() {
        List<String> damaged = counts.damaged();
        if (!damaged.isEmpty()) {
            throw JobException.badData(
                    "Objects of the collector's can't be read; nothing of the batch is in the table.\n- "
                            + String.join("\n- ", damaged)
                            + "\nPut them back, from a version of the bucket or a copy. To go on without them, delete them and the logs of"
                            + " their turns.");
        }
    }

    /** Whether an object's hour was over when the table was filled last. */
    private boolean isLate(LogObject object) {
        return object.hour() < batch.from().hour();
    }

    private Dataset<Row> rows() {
        List<LogObject> fresh = new ArrayList<>();
        List<LogObject> late = new ArrayList<>();
        batch.objects().forEach(object -> (isLate(object) ? late : fresh).add(object));
        Optional<Dataset<Row>> freshRows = fresh.isEmpty() ? Optional.empty() : Optional.of(read(fresh));
        Optional<Dataset<Row>> lateRows = late.isEmpty() ? Optional.empty() : Optional.of(withoutKnown(late));
        return freshRows
                .map(rows -> lateRows.map(rows::unionByName).orElse(rows))
                .or(() -> lateRows)
                .orElseThrow();
    }

    private Dataset<Row> read(List<LogObject> objects) {
        SparkSession spark = lake.spark();
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        Broadcast<SerializableConfiguration> hadoop = context.broadcast(
                new SerializableConfiguration(spark.sessionState().newHadoopConf()));
        Map<Long, List<LogObject>> days =
                objects.stream().collect(Collectors.groupingBy(LogObject::day, TreeMap::new, Collectors.toList()));
        List<List<LogObject>> tasks = List.copyOf(days.values());
        JavaRDD<InternalRow> rows = context.parallelize(tasks, tasks.size()).flatMap(new LogReader(hadoop, counts));
        return SparkInternals.dataFrame(spark, rows.rdd(), ACCESS_LOGS.schema());
    }

    private Dataset<Row> withoutKnown(List<LogObject> late) {
        Dataset<Row> rows = read(late);
        Snapshot current = lake.find(ACCESS_LOGS).orElseThrow().currentSnapshot();
        if (current == null) {
            return rows;
        }
        Dataset<Row> known = lake.read(ACCESS_LOGS, current.snapshotId())
                .where(isOnDays(
                        late.stream().map(LogObject::day).distinct().sorted().toList()))
                .select("source_id");
        return rows.join(known, rows.col("source_id").equalTo(known.col("source_id")), "left_anti")
                .sortWithinPartitions("in_date", "source_id");
    }

    private static Column isOnDays(List<Long> days) {
        if (days.size() > MOST_DAYS_NAMED) {
            return isBetween(days.get(0), days.get(days.size() - 1));
        }
        return days.stream().map(day -> isBetween(day, day)).reduce(Column::or).orElseThrow();
    }

    private static Column isBetween(long firstDay, long lastDay) {
        return col("in_date").geq(lit(beginOf(firstDay))).and(col("in_date").lt(lit(beginOf(lastDay + 1))));
    }

    private static LocalDateTime beginOf(long day) {
        return LogPositions.beginOf(day * 24);
    }
}
