package io.retaillake.jobs.ops.maintenance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.actions.SparkActions;
import org.apache.spark.sql.SparkSession;

/** The files below a table's folder that none of its versions knows: what runs wrote that died before they committed. */
final class Orphans {

    private Orphans() {}

    /**
     * Finds those that were written before a time.
     *
     * @param keep paths of files that are none, though the table does not know them
     */
    static List<String> find(SparkSession spark, Table table, Instant writtenBefore, Set<String> keep) {
        List<String> orphans = new ArrayList<>();
        SparkActions.get(spark)
                .deleteOrphanFiles(table)
                .olderThan(writtenBefore.toEpochMilli())
                .deleteWith(file -> {})
                .execute()
                .orphanFileLocations()
                .forEach(orphans::add);
        orphans.removeIf(file -> keep.contains(new Path(file).toUri().getPath()));
        Collections.sort(orphans);
        return orphans;
    }

    static void delete(Table table, List<String> orphans) {
        CatalogUtil.deleteFiles(table.io(), orphans, "orphan", true);
    }
}
