package io.retaillake.benchmark.events;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The stream as plain Spark has it: {@code from_json} and an append to a table of Iceberg with the same partitions, with Spark's own checkpoint.
 * The table has the payload's seven columns; {@code silver.events} has sixteen. It judges and hides nothing, keeps no rejects and counts no
 * windows.
 */
public final class PlainStream {

    private static final String TABLE = "plain.silver.events";

    private static final StructType EVENT = new StructType()
            .add("timestamp", DataTypes.TimestampType)
            .add("event_type", DataTypes.StringType)
            .add("user_id", DataTypes.StringType)
            .add("ip_address", DataTypes.StringType)
            .add("status_code", DataTypes.IntegerType)
            .add("response_size", DataTypes.LongType)
            .add("path", DataTypes.StringType);

    private PlainStream() {}

    /**
     * Reads what is there, and says of each batch what it had, as {@code StreamEvents} does.
     *
     * @param arguments the brokers' addresses, the topic, a folder that is not there yet, and how many records a batch has at most
     */
    public static void main(String[] arguments) throws Exception {
        String folder = arguments[2];
        SparkSession spark = SparkSession.builder()
                .appName("plain stream")
                .config("spark.sql.catalog.plain", "org.apache.iceberg.spark.SparkCatalog")
                .config("spark.sql.catalog.plain.type", "hadoop")
                .config("spark.sql.catalog.plain.warehouse", folder)
                .getOrCreate();
        spark.sql("CREATE TABLE " + TABLE + " (" + EVENT.toDDL() + ") USING iceberg PARTITIONED BY (hours(timestamp))");
        spark.streams().addListener(new Lines());
        StreamingQuery query = spark.readStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", arguments[0])
                .option("subscribe", arguments[1])
                .option("startingOffsets", "earliest")
                .option("maxOffsetsPerTrigger", arguments[3])
                .load()
                .select(from_json(col("value").cast(DataTypes.StringType), EVENT)
                        .as("event"))
                .select("event.*")
                .writeStream()
                .format("iceberg")
                .outputMode("append")
                .option("fanout-enabled", "true")
                .option("checkpointLocation", folder + "/checkpoint")
                .trigger(Trigger.AvailableNow())
                .toTable(TABLE);
        query.awaitTermination();
        spark.stop();
    }

    /** Prints each batch's line. */
    private static final class Lines extends StreamingQueryListener {

        @Override
        public void onQueryStarted(QueryStartedEvent event) {
            // Only batches are told.
        }

        @Override
        public void onQueryProgress(QueryProgressEvent event) {
            System.out.println("events batch=" + event.progress().batchId() + " received="
                    + event.progress().numInputRows() + " plain Spark");
        }

        @Override
        public void onQueryTerminated(QueryTerminatedEvent event) {
            // The process's end says it.
        }
    }
}
