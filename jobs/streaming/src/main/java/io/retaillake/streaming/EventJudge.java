package io.retaillake.streaming;

import io.retaillake.common.event.Event;
import io.retaillake.common.event.EventResult;
import io.retaillake.common.event.EventTransform;
import io.retaillake.common.event.Note;
import io.retaillake.common.event.PayloadSplitter;
import io.retaillake.common.event.Reject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Applies the transform of events to records. A row comes out for each payload of a record: with {@code reasons} and {@code payload} if it
 * is rejected, else with the event's columns. Moments are microseconds of the epoch on the way, which is what Spark keeps.
 */
final class EventJudge implements FlatMapFunction<Row, Row> {

    private static final long serialVersionUID = 1;
    private static final byte[] NO_BYTES = {};

    private static final StructType JUDGED = new StructType()
            .add("timestamp", DataTypes.LongType)
            .add("event_type", DataTypes.StringType)
            .add("user_id", DataTypes.StringType)
            .add("ip_address", DataTypes.StringType)
            .add("status_code", DataTypes.IntegerType)
            .add("status_category", DataTypes.StringType)
            .add("response_size", DataTypes.LongType)
            .add("path", DataTypes.StringType)
            .add("notes", DataTypes.createArrayType(DataTypes.StringType))
            .add("etl_version", DataTypes.StringType)
            .add("reasons", DataTypes.createArrayType(DataTypes.StringType))
            .add("payload", DataTypes.BinaryType)
            .add("arrived_at", DataTypes.LongType)
            .add("source_partition", DataTypes.StringType)
            .add("source_position", DataTypes.StringType)
            .add("source_index", DataTypes.IntegerType);

    private final long processedAtMicros;

    private EventJudge(long processedAtMicros) {
        this.processedAtMicros = processedAtMicros;
    }

    /**
     * Judges records. Reads them once, without a shuffle.
     *
     * @param source the query's name
     * @param processedAt the same for the same batch
     */
    static Dataset<Row> judge(Dataset<Row> records, String source, Instant processedAt) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, processedAt);
        return records.withColumn("arrived_at", functions.unix_micros(records.col("arrived_at")))
                .flatMap(new EventJudge(micros), Encoders.row(JUDGED))
                .withColumn("timestamp", functions.timestamp_micros(functions.col("timestamp")))
                .withColumn("arrived_at", functions.timestamp_micros(functions.col("arrived_at")))
                .withColumn("processed_at", functions.timestamp_micros(functions.lit(micros)))
                .withColumn("source", functions.lit(source));
    }

    @Override
    public Iterator<Row> call(Row record) {
        String partition = record.getString(0);
        String position = record.getString(1);
        byte[] bytes = record.isNullAt(2) ? NO_BYTES : record.getAs(2);
        long arrivedAtMicros = record.getLong(3);
        Instant arrivedAt = Instant.EPOCH.plus(arrivedAtMicros, ChronoUnit.MICROS);
        Instant processedAt = Instant.EPOCH.plus(processedAtMicros, ChronoUnit.MICROS);
        List<byte[]> payloads = PayloadSplitter.split(bytes);
        List<Row> rows = new ArrayList<>(payloads.size());
        for (byte[] payload : payloads) {
            EventResult result = EventTransform.transform(payload, arrivedAt, processedAt);
            rows.add(
                    result instanceof Event event
                            ? accepted(event, arrivedAtMicros, partition, position, rows.size())
                            : rejected((Reject) result, arrivedAtMicros, partition, position, rows.size()));
        }
        return rows.iterator();
    }

    private static Row accepted(Event event, long arrivedAtMicros, String partition, String position, int index) {
        return RowFactory.create(
                ChronoUnit.MICROS.between(Instant.EPOCH, event.timestamp()),
                event.eventType(),
                event.userId(),
                event.ipAddress(),
                event.statusCode(),
                event.statusCategory().label(),
                event.responseSize(),
                event.path(),
                event.notes().isEmpty() ? null : names(event.notes(), Note::name),
                event.etlVersion(),
                null,
                null,
                arrivedAtMicros,
                partition,
                position,
                index);
    }

    private static Row rejected(Reject reject, long arrivedAtMicros, String partition, String position, int index) {
        return RowFactory.create(
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                names(reject.reasons(), Enum::name),
                reject.payload(),
                arrivedAtMicros,
                partition,
                position,
                index);
    }

    private static <E> String[] names(Set<E> values, Function<E, String> name) {
        return values.stream().map(name).toArray(String[]::new);
    }
}
