package io.retaillake.common.purchases;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** Deals affiliates' months to tasks: one each where they are large, several where a task would take longer to start than to read one. */
public final class PartitionTasks {

    /** About a tenth of a second's, so that there still are tasks for many cores. */
    static final long ROWS_FOR_A_TASK = 250_000;

    /** To open a file takes as long as to read so many of its rows. */
    static final long ROWS_WORTH_A_FILE = 8_000;

    private PartitionTasks() {}

    /** Each of {@code partitions} once; a task has its own one after the other. */
    public static JavaRDD<PurchasePartition> of(JavaSparkContext context, List<PurchasePartition> partitions) {
        List<List<PurchasePartition>> tasks = deal(partitions);
        return context.parallelize(tasks, Math.max(1, tasks.size())).flatMap(List::iterator);
    }

    static List<List<PurchasePartition>> deal(List<PurchasePartition> partitions) {
        List<List<PurchasePartition>> tasks = new ArrayList<>();
        long room = 0;
        for (PurchasePartition partition : partitions) {
            if (room <= 0) {
                tasks.add(new ArrayList<>());
                room = ROWS_FOR_A_TASK;
            }
            tasks.get(tasks.size() - 1).add(partition);
            room -= partition.rows() + ROWS_WORTH_A_FILE * partition.locations().size();
        }
        return tasks;
    }
}
