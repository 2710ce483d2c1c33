package io.retaillake.streaming;

import io.retaillake.common.contract.TableContract;
import io.retaillake.common.publish.BatchPublication;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.spark.source.SerializableTableWithSize;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * What became of records: files of both tables, which no version of them has yet, and what was counted on the way.
 *
 * @param events files of {@link EventTables#EVENTS}
 * @param rejects files of {@link EventTables#EVENT_REJECTS}
 * @param tally what all records held, whether it was written or not
 * @param late those of the events whose windows are closed
 */
record JudgedRecords(List<DataFile> events, List<DataFile> rejects, BatchTally tally, LateEvents late)
        implements Serializable {

    /**
     * Judges records, and writes what becomes of them into the tables of {@code publication} that don't hold the batch. One job of Spark
     * without a shuffle, which reads the records once.
     *
     * @param source the query's name
     * @param processedAt the same for the same batch
     * @param closedThrough events before it are late
     * @param mostTasks how many tasks there are at most; each writes a file for each hour that it meets
     */
    static JudgedRecords write(
            Dataset<Row> records,
            BatchPublication publication,
            String source,
            Instant processedAt,
            Instant closedThrough,
            int mostTasks) {
        Map<String, Table> tables = new HashMap<>();
        for (TableContract contract : List.of(EventTables.EVENTS, EventTables.EVENT_REJECTS)) {
            if (!publication.isDone(contract)) {
                tables.put(contract.qualifiedName(), SerializableTableWithSize.copyOf(publication.table(contract)));
            }
        }
        JavaRDD<InternalRow> rows = records.queryExecution().toRdd().toJavaRDD();
        Broadcast<Map<String, Table>> shared =
                JavaSparkContext.fromSparkContext(rows.context()).broadcast(tables);
        try {
            long closedThroughMicros = EventRows.micros(closedThrough);
            return all(
                    rows.coalesce(mostTasks)
                            .mapPartitions(new EventJudge(source, processedAt, closedThroughMicros, shared))
                            .collect(),
                    closedThroughMicros);
        } finally {
            shared.destroy();
        }
    }

    /** Removes the files, which hold personal data, where they are not published. */
    void discard(FileIO io) {
        CatalogUtil.deleteFiles(
                io,
                Stream.of(events, rejects)
                        .flatMap(List::stream)
                        .map(DataFile::location)
                        .toList(),
                "unpublished",
                true);
    }

    private static JudgedRecords all(List<JudgedRecords> tasks, long closedThroughMicros) {
        JudgedRecords all = new JudgedRecords(
                new ArrayList<>(), new ArrayList<>(), new BatchTally(), new LateEvents(closedThroughMicros));
        for (JudgedRecords task : tasks) {
            all.events.addAll(task.events);
            all.rejects.addAll(task.rejects);
            all.tally.add(task.tally);
            all.late.add(task.late);
        }
        return all;
    }
}
