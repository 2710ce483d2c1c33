package io.retaillake.jobs.logs;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;

/** What tasks have met in objects. Complete when the tasks have ended. */
final class LogCounts implements Serializable {

    private static final long serialVersionUID = 1;

    private final LongAccumulator objects;
    private final LongAccumulator records;
    private final LongAccumulator repeated;
    private final CollectionAccumulator<String> damaged;

    LogCounts(SparkContext spark) {
        objects = spark.longAccumulator("objects");
        records = spark.longAccumulator("records");
        repeated = spark.longAccumulator("repeated");
        damaged = spark.collectionAccumulator("damaged");
    }

    void read(long ofObject, long repeatedOfObject) {
        objects.add(1);
        records.add(ofObject);
        repeated.add(repeatedOfObject);
    }

    void damaged(LogObject object, String why) {
        damaged.add(object.path() + ": " + why);
    }

    /** How many objects were read to their end. */
    long objects() {
        return objects.value();
    }

    /** How many records they have. */
    long records() {
        return records.value();
    }

    /** How many of these had the id of another one of their hour. */
    long repeated() {
        return repeated.value();
    }

    /** The damaged objects, and what is wrong with each. */
    List<String> damaged() {
        return damaged.value().stream().sorted().distinct().toList();
    }
}
