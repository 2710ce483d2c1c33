package io.retaillake.streaming.kinesis;

import io.retaillake.common.job.Problems;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.types.StructType;

/** A stream as it goes on, or a range of it that is read again. */
record KinesisScan(StreamOptions options) implements Scan {

    @Override
    public StructType readSchema() {
        return KinesisSource.SCHEMA;
    }

    @Override
    public String description() {
        return "Kinesis stream " + options.stream();
    }

    @Override
    public MicroBatchStream toMicroBatchStream(String checkpointLocation) {
        return new KinesisMicroBatchStream(
                options,
                checkpointLocation,
                SparkSession.active().sessionState().newHadoopConf());
    }

    @Override
    public Batch toBatch() {
        Problems problems = new Problems();
        if (options.endingOffsets() == null) {
            problems.add("endingOffsets is missing; a range needs it as JSON with a position for each shard");
        }
        problems.throwIfAny("A Kinesis stream can't be read as a range:");
        KinesisOffset end = KinesisOffset.ofJson(options.endingOffsets());
        KinesisOffset start =
                KinesisOffset.ofJson(options.startingOffsets() == null ? "{}" : options.startingOffsets());
        InputPartition[] ranges = ShardRange.between(start, end, options).toArray(InputPartition[]::new);
        return new Batch() {
            @Override
            public InputPartition[] planInputPartitions() {
                return ranges;
            }

            @Override
            public PartitionReaderFactory createReaderFactory() {
                return new ShardRangeReaderFactory();
            }
        };
    }
}
