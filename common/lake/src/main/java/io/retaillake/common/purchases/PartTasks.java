package io.retaillake.common.purchases;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** Deals parts to tasks: one each where they are large, several where a task would take longer to start than to read one. */
public final class PartTasks {

    /** About a tenth of a second's, so that there still are tasks for many cores. */
    static final long ROWS_FOR_A_TASK = 250_000;

    /** To open a file takes as long as to read so many of its rows. */
    static final long ROWS_WORTH_A_FILE = 8_000;

    private PartTasks() {}

    /** Each of {@code parts} once; a task has its own one after the other. */
    public static JavaRDD<PurchasePart> of(JavaSparkContext context, List<PurchasePart> parts) {
        List<List<PurchasePart>> tasks = deal(parts);
        return context.parallelize(tasks, Math.max(1, tasks.size())).flatMap(List::iterator);
    }

    static List<List<PurchasePart>> deal(List<PurchasePart> parts) {
        List<List<PurchasePart>> tasks = new ArrayList<>();
        long room = 0;
        for (PurchasePart part : parts) {
            if (room <= 0) {
                tasks.add(new ArrayList<>());
                room = ROWS_FOR_A_TASK;
            }
            tasks.get(tasks.size() - 1).add(part);
            room -= part.rows() + ROWS_WORTH_A_FILE * part.slices().size();
        }
        return tasks;
    }
}
